/** Who may call a function past the API: resource permissions and function URLs. */

import { matches } from "../api/policy";
import { isOther } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { isUnknown, plannedValue } from "../plan/resolve";
import { asText, own, pick } from "../plan/value";
import { badValue, type Danger, type Finding, place, unknownFinding, weakened } from "./danger";

const PERMISSION = "aws_lambda_permission";
const URL = "aws_lambda_function_url";

export const accessPermissions: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "A principal that is no AWS service may invoke the function, past the API and its authorizer.",
    advice: "Name the service that calls it (apigateway.amazonaws.com), and its ARN as source_arn.",
    find: badValue({
      types: [PERMISSION],
      attribute: "principal",
      bad: (value) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(String(value)),
    }),
  },
  {
    kind: "access-opened",
    reason: "The permission gets wider: more APIs, methods or paths may invoke the function.",
    advice: "One permission per route, with source_arn = `<execution ARN>/*/METHOD/path`.",
    find: (plan) => sourceArns(plan, (before, after) => before !== undefined && isWider(before, after)),
  },
  {
    kind: "access-opened",
    reason: "A new permission lets every method and path of an API, or every API, invoke the function.",
    advice: "One permission per route, with source_arn = `<execution ARN>/*/METHOD/path`.",
    find: (plan) => sourceArns(plan, (before, after) => before === undefined && isWide(after)),
  },
  {
    kind: "access-opened",
    reason: "The permission allows more than lambda:InvokeFunction.",
    advice: 'Keep action = "lambda:InvokeFunction".',
    find: badValue({ types: [PERMISSION], attribute: "action", bad: (value) => String(value).includes("*") }),
  },
  {
    kind: "access-opened",
    reason: "A function URL is a second way to the function, without the API's authorizer, limits and logs.",
    advice: "Remove the URL; let callers go through the API.",
    find: (plan) =>
      plan
        .ofType(URL)
        .filter((change) => change.after && (!change.before || pick(change.after, "authorization_type") !== "NONE"))
        .map((change) =>
          place(change, "authorization_type", change.before ? { standing: true } : { before: "no URL" }),
        ),
  },
  {
    kind: "access-opened",
    reason: "Anyone on the internet may call the function by its URL.",
    advice: 'Remove the URL, or at least set authorization_type = "AWS_IAM".',
    find: badValue({
      types: [URL],
      attribute: "authorization_type",
      bad: (value) => value === "NONE",
      onCreate: false,
    }),
  },
  {
    kind: "access-opened",
    reason: "The permission no longer checks the calling account.",
    advice: "Keep source_account beside a source_arn that names no account (S3 buckets).",
    find: weakened({
      types: [PERMISSION],
      attribute: "source_account",
      worse: isOther,
    }),
  },
];

/** An unknown value is reported as unknown; an unchanged one as standing, if it would be a danger when new. */
function sourceArns(plan: Plan, danger: (before: string | undefined, after: string) => boolean): Finding[] {
  return plan.ofType(PERMISSION).flatMap((change) => {
    if (!change.after) return [];
    const after = arn(plannedValue(plan, change, "source_arn"));
    const before = change.before && arn(own(change.before, "source_arn"));
    if (isUnknown(change, "source_arn") && plannedValue(plan, change, "source_arn") === undefined) {
      return danger(before, "*") ? [unknownFinding(change, "source_arn")] : [];
    }
    if (danger(before, after)) return [place(change, "source_arn", { before: describeBefore(change, before), after })];
    const standing = before !== undefined && isWide(after) && isWide(before) && danger(undefined, after);
    return standing ? [place(change, "source_arn", { standing })] : [];
  });
}

/** Without a source ARN, every resource of the service. */
const arn = (value: unknown): string => asText(value) ?? "*";
const describeBefore = (change: Change, before: string | undefined) => (change.before ? before : "no permission");

const API_ARN = /^(arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]*|\$\{[^}]*\})(?:\/(.*))?$/;

/** Another path of the same API belongs to another route, which has its own rules. */
function isWider(before: string, after: string): boolean {
  if (before === after) return false;
  const [from, to] = [API_ARN.exec(before), API_ARN.exec(after)];
  return matches(after, before) || (from !== null && to !== null && from[1] !== to[1]) || stars(after) > stars(before);
}

const stars = (text: string) => text.split("*").length;

/** `<api>/*` covers every method and path. */
function isWide(source: string): boolean {
  if (/^[*]+$/.test(source)) return true;
  const api = API_ARN.exec(source);
  if (!api) return false;
  const [, method = "*", ...path] = (api[2] ?? "").split("/");
  return method === "*" && path.every((segment) => segment === "*");
}

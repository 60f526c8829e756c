/** Who may call a function past the API: resource permissions and function URLs. */

import { matches } from "../api/policy";
import { isOther, leaves } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { isUnknown, plannedValue, referencedResources, refersAsBefore, target } from "../plan/resolve";
import { asText, own, pick, texts } from "../plan/value";
import { roleAllowsNoMore } from "./role-grants";
import {
  CREATED,
  ENDED,
  type Finding,
  KNOWN_AFTER_APPLY,
  looks,
  place,
  type Rule,
  stays,
  unknowable,
  unknownFinding,
} from "./rule";
import { anyOf, onChange, onValue } from "./searches";

const PERMISSION = "aws_lambda_permission";
const URL = "aws_lambda_function_url";
const ROLE = "aws_iam_role";

export const accessPermissions: readonly Rule[] = [
  {
    kind: "access-opened",
    severity: "high",
    reason: "A principal that is no AWS service may invoke the function, past the API and its authorizer.",
    advice: "Name the service that calls it (apigateway.amazonaws.com), and its ARN as source_arn.",
    ...onValue(
      PERMISSION,
      "principal",
      (value) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(String(value)),
    ),
  },
  {
    kind: "access-opened",
    reason: "The permission gets wider: more APIs, methods or paths may invoke the function.",
    advice: "One permission per route, with source_arn = `<execution ARN>/*/METHOD/path`.",
    looksAt: looks([PERMISSION], "source_arn", CREATED),
    find: (plan) => sourceArns(plan, (before, after) => before !== undefined && isWider(before, after)),
  },
  {
    kind: "access-opened",
    reason: "Every method and path of an API, or every API, may invoke the function.",
    advice: "One permission per route, with source_arn = `<execution ARN>/*/METHOD/path`.",
    find: (plan) => sourceArns(plan, (before, after) => before === undefined && isWide(after)),
  },
  {
    kind: "access-opened",
    reason: "The permission allows more than lambda:InvokeFunction.",
    advice: 'Keep action = "lambda:InvokeFunction".',
    ...onValue(PERMISSION, "action", (value) => String(value).includes("*")),
  },
  {
    kind: "access-opened",
    reason: "A function URL is a second way to the function, without the API's authorizer, limits and logs.",
    advice: "Remove the URL; let callers go through the API.",
    looksAt: looks([URL], CREATED, ENDED, "authorization_type"),
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
    severity: "high",
    reason: "Anyone on the internet may call the function by its URL.",
    advice: 'Remove the URL, or at least set authorization_type = "AWS_IAM".',
    ...onValue(URL, "authorization_type", (value) => value === "NONE", false),
  },
  {
    kind: "access-opened",
    reason: "The permission no longer checks the calling account.",
    advice: "Keep source_account beside a source_arn that names no account (S3 buckets).",
    ...onChange(PERMISSION, "source_account", isOther),
  },
  {
    kind: "access-opened",
    reason: "The permission no longer checks the calling organization, or how the function's URL is called.",
    advice: "Keep principal_org_id and function_url_auth_type.",
    ...onChange(PERMISSION, ["principal_org_id", "function_url_auth_type"], isOther),
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "The function runs with another role: it may do whatever that role may.",
    advice: "Keep one role per function, and add what it needs to that role.",
    looksAt: looks(["aws_lambda_function"], "role"),
    find: (plan) => plan.ofType("aws_lambda_function").flatMap((change) => otherRole(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "The function runs code of another account: a layer is loaded into every invocation, with its rights.",
    advice: "Copy the layer into your own account, at a version that you have read.",
    ...onChange("aws_lambda_function", "layers", (before, after) => foreignLayers(before, after).length > 0),
  },
  {
    kind: "access-opened",
    reason: "Unsigned code is accepted.",
    advice: "Keep code_signing_config_arn.",
    ...anyOf(
      onChange("aws_lambda_function", "code_signing_config_arn", isOther),
      onChange("aws_lambda_code_signing_config", "policies.untrusted_artifact_on_deployment", leaves("Enforce")),
    ),
  },
  {
    kind: "access-opened",
    reason: "Other accounts may use the layer's code.",
    advice: "Name the accounts or the organization that need it.",
    ...onValue("aws_lambda_layer_version_permission", "principal", (value) => value === "*"),
  },
];

/** Of AWS itself: Powertools, Lambda Insights, OpenTelemetry, parameters and secrets. */
const AWS_ACCOUNTS =
  /^arn:[^:]*:lambda:[^:]*:(017000801446|580247275435|901920570463|177933569100|133256977650|094274105915):/;

function foreignLayers(before: unknown, after: unknown): string[] {
  const account = (arn: string) => arn.split(":")[4];
  const known = texts(before).map(account);
  const first = known[0];
  return texts(after).filter(
    (arn) =>
      !texts(before).includes(arn) && !AWS_ACCOUNTS.test(arn) && (first === undefined || !known.includes(account(arn))),
  );
}

/** Not a danger when everything that the new role may do is what the old one may. */
function otherRole(plan: Plan, change: Change): Finding[] {
  if (!stays(change) || change.verb === "keep") return [];
  const [before, after] = [own(change.before, "role"), own(change.after, "role")];
  if (isUnknown(change, "role")) {
    if (refersAsBefore(plan, change, "role")) return [];
    const [from, to] = [roleWithArn(plan, before), target(plan, change, "role", [ROLE], "after")];
    if (to && (to === from || roleAllowsNoMore(plan, from, to))) return [];
    return unknowable(plan, change, "role") ? [place(change, "role", { after: to?.address ?? KNOWN_AFTER_APPLY })] : [];
  }
  if (before === after) return [];
  const [from, to] = [roleWithArn(plan, before), roleWithArn(plan, after)];
  return from && to && roleAllowsNoMore(plan, from, to) ? [] : [place(change, "role")];
}

const roleWithArn = (plan: Plan, arn: unknown) =>
  plan
    .ofType(ROLE)
    .find((role) => arn !== undefined && (own(role.before, "arn") === arn || own(role.after, "arn") === arn));

/** An unknown value is reported as unknown; an unchanged one as standing, if it would be a danger when new. */
function sourceArns(plan: Plan, danger: (before: string | undefined, after: string) => boolean): Finding[] {
  return plan.ofType(PERMISSION).flatMap((change) => {
    if (!change.after) return [];
    const after = arn(plannedValue(plan, change, "source_arn"));
    const before = change.before && arn(own(change.before, "source_arn"));
    if (isUnknown(change, "source_arn") && plannedValue(plan, change, "source_arn") === undefined) {
      if (isExactSource(plan, change)) return [];
      return danger(before, "*") ? [unknownFinding(change, "source_arn")] : [];
    }
    if (danger(before, after)) return [place(change, "source_arn", { before: describeBefore(change, before), after })];
    const standing = before !== undefined && isWide(after) && isWide(before) && danger(undefined, after);
    return standing ? [place(change, "source_arn", { standing })] : [];
  });
}

/** Another service than API Gateway, and the ARN of one resource: `aws_cloudwatch_event_rule.nightly.arn`. */
function isExactSource(plan: Plan, change: Change): boolean {
  if (String(own(change.after, "principal")).startsWith("apigateway.")) return false;
  const expression = pick(plan.block(change)?.expressions, "source_arn");
  const references = texts(own(expression, "references"));
  return (
    references.some((reference) => /\.arn$/.test(reference)) &&
    new Set(referencedResources(plan, change, "source_arn")).size <= 1
  );
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

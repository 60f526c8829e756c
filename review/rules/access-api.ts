/** Who may reach the API, and whose tokens its authorizers accept. */

import { describeGrant, grantsOf, newlyAllowed } from "../api/policy";
import { gains, isOther, isRemoved, turnsOff } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { isEmpty, own, same, texts } from "../plan/value";
import { type Finding, looks, place, type Rule, stays, unknowable, unknownFinding } from "./rule";
import { anyOf, onChange } from "./searches";

const REST_API = "aws_api_gateway_rest_api";
const POLICY = "aws_api_gateway_rest_api_policy";
const APIS = [REST_API, "aws_apigatewayv2_api"];
const AUTHORIZERS = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];
const DOMAINS = ["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"];

export const accessApi: readonly Rule[] = [
  {
    kind: "access-opened",
    reason:
      "The API's resource policy, which decides beside the authorizers who may call the API, is removed or widened.",
    advice: "Keep the policy as it is.",
    looksAt: looks([REST_API, POLICY], "policy", "(created)", "(ended)"),
    find: (plan) => policies(plan, widening),
  },
  {
    kind: "clients-broken",
    reason: "The API's resource policy shuts callers out that it let in: they get 403.",
    advice: "Confirm that every client is among those that the policy allows.",
    find: (plan) => policies(plan, narrowing),
  },
  {
    kind: "access-opened",
    reason: "A private API becomes reachable from the internet.",
    advice: "Keep the endpoint type PRIVATE.",
    ...onChange(
      REST_API,
      "endpoint_configuration.types",
      (before, after) => texts(before).includes("PRIVATE") && !texts(after).includes("PRIVATE"),
    ),
  },
  {
    kind: "access-opened",
    reason: "The default execute-api endpoint is enabled again and bypasses the custom domain's protections.",
    advice: "Keep disable_execute_api_endpoint = true.",
    ...onChange(APIS, "disable_execute_api_endpoint", turnsOff),
  },
  {
    kind: "access-opened",
    reason: "The domain no longer requires a client certificate, or trusts the certificates of others.",
    advice: "Keep mutual_tls_authentication and its trust store.",
    ...anyOf(
      onChange(DOMAINS, "mutual_tls_authentication", isRemoved),
      onChange(
        DOMAINS,
        "mutual_tls_authentication.truststore_uri",
        (before, after) => isOther(before, after) && !isEmpty(after),
      ),
    ),
  },
  {
    kind: "access-opened",
    reason: "The domain accepts an older version of TLS, which can be broken.",
    advice: 'Keep security_policy = "TLS_1_2" at least.',
    ...anyOf(
      onChange("aws_api_gateway_domain_name", "security_policy", (before, after) => isOlderTls(before, after)),
      onChange("aws_apigatewayv2_domain_name", "domain_name_configuration.security_policy", isOlderTls),
    ),
  },
  {
    kind: "access-opened",
    reason: "The authorizer accepts tokens of another pool: every user of that pool gets access.",
    advice: "Use one authorizer per pool, on the routes for its users only.",
    ...onChange(AUTHORIZERS, "provider_arns", gains),
  },
  {
    kind: "access-opened",
    reason: "The authorizer accepts tokens of other clients or of another issuer.",
    advice: "List this API's own clients and pool only.",
    ...anyOf(
      onChange(AUTHORIZERS, "jwt_configuration.audience", gains),
      onChange(AUTHORIZERS, "jwt_configuration.issuer", isOther),
    ),
  },
  {
    kind: "access-opened",
    reason: "The authorizer no longer checks the token's form before it is used.",
    advice: "Keep identity_validation_expression.",
    ...onChange(AUTHORIZERS, "identity_validation_expression", isRemoved),
  },
  {
    kind: "access-opened",
    reason: "The authorizer has another type or another function; a plan does not show who gets access now.",
    advice: "Confirm who gets access now.",
    ...onChange(AUTHORIZERS, ["type", "authorizer_type", "authorizer_uri"], isOther),
  },
  {
    kind: "access-opened",
    severity: "low",
    reason: "The authorizer's decision is kept longer: access that is taken away goes on for that time.",
    advice: "Keep authorizer_result_ttl_in_seconds short.",
    ...onChange(
      AUTHORIZERS,
      "authorizer_result_ttl_in_seconds",
      (before, after) => Number(after) > Math.max(Number(before), 300),
    ),
  },
  {
    kind: "unknown",
    reason: "The API's routes are defined in an OpenAPI document, which this review does not read.",
    advice: "Check the document's diff for routes without security.",
    looksAt: looks(APIS, "body"),
    find: (plan) =>
      plan
        .ofType(...APIS)
        .filter(
          (change) =>
            change.after &&
            change.verb !== "keep" &&
            (unknowable(plan, change, "body") ||
              (!isEmpty(own(change.after, "body")) && !same(own(change.before, "body"), own(change.after, "body")))),
        )
        .map((change) => place(change, "body", { before: "a document", after: "another document" })),
  },
];

/** From `TLS_1_2` to `TLS_1_0`, or from a policy of 2025 (`SecurityPolicy_TLS13_...`) to one of an older version. */
function isOlderTls(before: unknown, after: unknown): boolean {
  const version = (value: unknown) => Number(/TLS_?1_?(\d)/.exec(String(value ?? ""))?.[1] ?? 2);
  return !isEmpty(before) && version(after) < version(before);
}

type Compare = (plan: Plan, change: Change, before: unknown, after: unknown) => Finding[];

function policies(plan: Plan, compare: Compare): Finding[] {
  return plan.ofType(REST_API, POLICY).flatMap((change) => {
    if (change.verb === "keep" || (change.type === REST_API && !stays(change))) return [];
    // an API that goes takes its policy along
    if (change.verb === "destroy" && plan.ofType(REST_API).some((api) => api.verb === "destroy")) return [];
    if (unknowable(plan, change, "policy") && plannedValue(plan, change, "policy") === undefined) {
      return [unknownFinding(change, "policy")];
    }
    return compare(plan, change, own(change.before, "policy"), plannedValue(plan, change, "policy"));
  });
}

/** Without a policy, every caller is allowed. */
function widening(plan: Plan, change: Change, before: unknown, text: unknown): Finding[] {
  const [from, to] = [grantsOf(plan, before), grantsOf(plan, text)];
  if (to === undefined) return stays(change) ? [unknownFinding(change, "policy")] : [];
  if (isEmpty(before)) return [];
  if (isEmpty(text)) return [place(change, "policy", { before: "a policy", after: "no policy" })];
  const more = newlyAllowed(from ?? [], to);
  return more.length > 0 ? [place(change, "policy", { before: "not granted", after: more.map(describeGrant) })] : [];
}

function narrowing(plan: Plan, change: Change, before: unknown, text: unknown): Finding[] {
  const [from, to] = [grantsOf(plan, before), grantsOf(plan, text)];
  if (to === undefined || isEmpty(text)) return [];
  if (isEmpty(before)) {
    const open =
      to.some((grant) => grant.allow && grant.principal === "*" && grant.condition === "") &&
      to.every((grant) => grant.allow);
    return open ? [] : [place(change, "policy", { before: "no policy", after: to.map(describeGrant) })];
  }
  const less = newlyAllowed(to, from ?? []);
  return less.length > 0 ? [place(change, "policy", { before: less.map(describeGrant), after: "not granted" })] : [];
}

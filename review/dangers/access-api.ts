/** Who may reach the API, and whose tokens its authorizers accept. */

import { describeGrant, grantsOf, newlyAllowed } from "../api/policy";
import { gains, isOther, turnsOff } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { isEmpty, own, same, texts } from "../plan/value";
import { type Danger, type Finding, place, stays, unknowable, unknownFinding, weakened } from "./danger";

const REST_API = "aws_api_gateway_rest_api";
const POLICY = "aws_api_gateway_rest_api_policy";
const APIS = [REST_API, "aws_apigatewayv2_api"];
const AUTHORIZERS = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];

export const accessApi: readonly Danger[] = [
  {
    kind: "access-opened",
    reason:
      "The API's resource policy, which decides beside the authorizers who may call the API, is added, removed or widened.",
    advice: "Keep the policy as it is.",
    find: resourcePolicy,
  },
  {
    kind: "access-opened",
    reason: "A private API becomes reachable from the internet.",
    advice: "Keep the endpoint type PRIVATE.",
    find: weakened({
      types: [REST_API],
      attribute: "endpoint_configuration.types",
      worse: (before, after) => texts(before).includes("PRIVATE") && !texts(after).includes("PRIVATE"),
    }),
  },
  {
    kind: "access-opened",
    reason: "The default execute-api endpoint is enabled again and bypasses the custom domain's protections.",
    advice: "Keep disable_execute_api_endpoint = true.",
    find: weakened({
      types: APIS,
      attribute: "disable_execute_api_endpoint",
      worse: turnsOff,
    }),
  },
  {
    kind: "access-opened",
    reason: "The authorizer accepts tokens of another pool: every user of that pool gets access.",
    advice: "Use one authorizer per pool, on the routes for its users only.",
    find: weakened({ types: AUTHORIZERS, attribute: "provider_arns", worse: gains }),
  },
  {
    kind: "access-opened",
    reason: "The authorizer accepts tokens of other clients or of another issuer.",
    advice: "List this API's own clients and pool only.",
    find: (plan) => [
      ...weakened({ types: AUTHORIZERS, attribute: "jwt_configuration.audience", worse: gains })(plan),
      ...weakened({
        types: AUTHORIZERS,
        attribute: "jwt_configuration.issuer",
        worse: isOther,
      })(plan),
    ],
  },
  {
    kind: "access-opened",
    reason: "The authorizer has another type or another function; a plan does not show who gets access now.",
    advice: "Confirm who gets access now.",
    find: (plan) =>
      ["type", "authorizer_type", "authorizer_uri"].flatMap((attribute) =>
        weakened({
          types: AUTHORIZERS,
          attribute,
          worse: isOther,
        })(plan),
      ),
  },
  {
    kind: "unknown",
    reason: "The API's routes are defined in an OpenAPI document, which this review does not read.",
    advice: "Check the document's diff for routes without security.",
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

function resourcePolicy(plan: Plan): Finding[] {
  return plan.ofType(REST_API, POLICY).flatMap((change) => {
    if (change.verb === "keep" || (change.type === REST_API && !change.after)) return [];
    if (change.type === POLICY && change.verb === "destroy") return [place(change, "policy", { after: "no policy" })];
    if (unknowable(plan, change, "policy") && plannedValue(plan, change, "policy") === undefined) {
      return [unknownFinding(change, "policy")];
    }
    const [before, text] = [own(change.before, "policy"), plannedValue(plan, change, "policy")];
    if (isEmpty(before) || isEmpty(text)) return isEmpty(before) === isEmpty(text) ? [] : [place(change, "policy")];
    const after = grantsOf(plan, text);
    if (after === undefined) return stays(change) ? [unknownFinding(change, "policy")] : [];
    const more = newlyAllowed(grantsOf(plan, before) ?? [], after);
    return more.length > 0 ? [place(change, "policy", { before: "not granted", after: more.map(describeGrant) })] : [];
  });
}

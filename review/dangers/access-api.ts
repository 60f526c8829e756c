/** Who may reach the API at all, and whose tokens its authorizers take. */
import { grantsOf, opened, told } from "../api/policy";
import type { Plan } from "../plan/plan";
import { foreseen } from "../plan/resolve";
import { asText, isEmpty, own, same, texts } from "../plan/value";
import { type Danger, type Finding, place, stays, unknowable, unseen, weakened } from "./danger";

const REST_API = "aws_api_gateway_rest_api";
const POLICY = "aws_api_gateway_rest_api_policy";
const APIS = [REST_API, "aws_apigatewayv2_api"];
const AUTHORIZERS = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];

const gains = (before: unknown, after: unknown) => texts(after).some((item) => !texts(before).includes(item));

export const accessApi: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "A resource policy decides, beside the authorizers, who may call the API; it appears, goes or grows.",
    advice: "Leave the API without one, or keep it to what it was.",
    find: resourcePolicy,
  },
  {
    kind: "access-opened",
    reason: "An API that only a VPC could reach is put on the internet.",
    advice: "Keep the endpoint type PRIVATE.",
    find: weakened({
      types: [REST_API],
      attribute: "endpoint_configuration.types",
      worse: (before, after) => texts(before).includes("PRIVATE") && !texts(after).includes("PRIVATE"),
    }),
  },
  {
    kind: "access-opened",
    reason: "The default address answers again, past the custom domain and what guards it.",
    advice: "Keep disable_execute_api_endpoint = true.",
    find: weakened({
      types: APIS,
      attribute: "disable_execute_api_endpoint",
      worse: (before, after) => before === true && after !== true,
    }),
  },
  {
    kind: "access-opened",
    reason: "The authorizer takes tokens of one more pool: everybody with an account there gets in.",
    advice: "One authorizer a pool, and only on the routes that are for its users.",
    find: weakened({ types: AUTHORIZERS, attribute: "provider_arns", worse: gains }),
  },
  {
    kind: "access-opened",
    reason: "The authorizer takes tokens of other clients or of another issuer.",
    advice: "List this API's own clients and pool only.",
    find: (plan) => [
      ...weakened({ types: AUTHORIZERS, attribute: "jwt_configuration.audience", worse: gains })(plan),
      ...weakened({
        types: AUTHORIZERS,
        attribute: "jwt_configuration.issuer",
        worse: (before, after) => asText(before) !== undefined && before !== after,
      })(plan),
    ],
  },
  {
    kind: "access-opened",
    reason: "The authorizer is of another type, or another function decides: what it lets through cannot be seen here.",
    advice: "Say in the review who gets through now.",
    find: (plan) =>
      ["type", "authorizer_type", "authorizer_uri"].flatMap((attribute) =>
        weakened({
          types: AUTHORIZERS,
          attribute,
          worse: (before, after) => asText(before) !== undefined && before !== after,
        })(plan),
      ),
  },
  {
    kind: "unknown",
    reason: "The API's routes stand in an OpenAPI document, which this review does not take apart.",
    advice: "Read the document's change for routes without security.",
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
    if (unknowable(plan, change, "policy") && foreseen(plan, change, "policy") === undefined) {
      return [unseen(change, "policy")];
    }
    const [before, text] = [own(change.before, "policy"), foreseen(plan, change, "policy")];
    if (isEmpty(before) || isEmpty(text)) return isEmpty(before) === isEmpty(text) ? [] : [place(change, "policy")];
    const after = grantsOf(plan, text);
    if (after === undefined) return stays(change) ? [unseen(change, "policy")] : [];
    const more = opened(grantsOf(plan, before) ?? [], after);
    return more.length > 0 ? [place(change, "policy", { before: "not granted", after: more.map(told) })] : [];
  });
}

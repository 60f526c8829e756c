/** Where clients find the API, and what it requires of them as a whole. */
import { isOther, loses } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { asText, isEmpty, own, texts } from "../plan/value";
import { type Danger, ended, endedFinding, ends, type Finding, place, weakened } from "./danger";

const CLIENT = "aws_cognito_user_pool_client";
const AUTHORIZERS = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];
const STAGES = ["aws_api_gateway_stage", "aws_apigatewayv2_stage"];

export const clientsApi: readonly Danger[] = [
  {
    kind: "clients-broken",
    reason: "The API is destroyed or re-created at another URL: clients of the old URL fail.",
    advice: "Keep the API; give it a custom domain before it has to move.",
    find: ended("aws_api_gateway_rest_api", "aws_apigatewayv2_api"),
  },
  {
    kind: "clients-broken",
    reason: "The API becomes private: only callers inside a VPC reach it.",
    advice: "Add a second, private API instead.",
    find: weakened({
      types: ["aws_api_gateway_rest_api"],
      attribute: "endpoint_configuration.types",
      worse: (before, after) => !texts(before).includes("PRIVATE") && texts(after).includes("PRIVATE"),
    }),
  },
  {
    kind: "clients-broken",
    reason: "The default execute-api endpoint is disabled.",
    advice: "Move every client to the custom domain first.",
    find: weakened({
      types: ["aws_api_gateway_rest_api", "aws_apigatewayv2_api"],
      attribute: "disable_execute_api_endpoint",
      worse: (before, after) => before === false && after === true,
    }),
  },
  {
    kind: "clients-broken",
    reason: "The stage's name is part of the URL: the old URL stops working.",
    advice: "Add a stage under the new name, move the clients, then remove the old one.",
    find: stages,
  },
  {
    kind: "clients-broken",
    reason: "A domain, or its mapping to the API, is destroyed or re-created.",
    advice: "Point the domain at its new target before removing the old one.",
    find: ended(
      "aws_api_gateway_domain_name",
      "aws_api_gateway_base_path_mapping",
      "aws_apigatewayv2_domain_name",
      "aws_apigatewayv2_api_mapping",
      "aws_cognito_user_pool_domain",
    ),
  },
  {
    kind: "clients-broken",
    reason: "The token is read from another place: clients that send it in the old header get 401.",
    advice: "Keep the identity source, or let clients send both headers before the change.",
    find: (plan) =>
      ["identity_source", "identity_sources"].flatMap((attribute) =>
        weakened({ types: AUTHORIZERS, attribute, worse: isOther })(plan),
      ),
  },
  {
    kind: "clients-broken",
    reason: "Tokens that are valid today are rejected.",
    advice: "Keep the old pool, client or issuer until its tokens have expired.",
    find: (plan) => [
      ...["provider_arns", "jwt_configuration.audience"].flatMap((attribute) =>
        weakened({ types: AUTHORIZERS, attribute, worse: loses })(plan),
      ),
      ...weakened({
        types: AUTHORIZERS,
        attribute: "identity_validation_expression",
        worse: (before, after) => asText(after) !== undefined && before !== after,
      })(plan),
    ],
  },
  {
    kind: "clients-broken",
    reason: "The client drops a sign-in flow, scope or callback URL that apps may use.",
    advice: "Add the new one first; remove the old one when it is unused.",
    find: (plan) =>
      ["explicit_auth_flows", "allowed_oauth_flows", "allowed_oauth_scopes", "callback_urls"].flatMap((attribute) =>
        weakened({ types: [CLIENT], attribute, worse: (b, a) => !isEmpty(b) && loses(b, a) })(plan),
      ),
  },
  {
    kind: "clients-broken",
    reason: "Users can no longer sign up; only administrators create accounts.",
    advice: "Remove the sign-up page first.",
    find: weakened({
      types: ["aws_cognito_user_pool"],
      attribute: "admin_create_user_config.allow_admin_create_user_only",
      worse: (before, after) => before === false && after === true,
    }),
  },
  {
    kind: "clients-broken",
    reason:
      "A resource server or identity provider of the pool is destroyed or replaced: its scopes or users stop working.",
    advice: "Keep it until it is unused.",
    find: ended("aws_cognito_resource_server", "aws_cognito_identity_provider"),
  },
  {
    kind: "clients-broken",
    reason: "The function's concurrency is zero: every invocation is throttled and its routes fail.",
    advice: "Leave reserved_concurrent_executions out, or set it to what the routes need.",
    find: weakened({
      types: ["aws_lambda_function"],
      attribute: "reserved_concurrent_executions",
      worse: (before, after) => before !== 0 && after === 0,
    }),
  },
];

/** Without the stages of an API that ends, which is reported itself. */
function stages(plan: Plan): Finding[] {
  const apiEnds = plan.ofType("aws_api_gateway_rest_api", "aws_apigatewayv2_api").some(ends);
  return plan.ofType(...STAGES).flatMap((change) => {
    const attribute = change.type === "aws_apigatewayv2_stage" ? "name" : "stage_name";
    if (change.verb === "destroy") return apiEnds ? [] : [endedFinding(change)];
    if (!change.before || !change.after) return [];
    return own(change.before, attribute) === own(change.after, attribute) ? [] : [place(change, attribute)];
  });
}

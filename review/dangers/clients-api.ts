/** Where clients find the API, and what it asks of them as a whole. */
import type { Plan } from "../plan/plan";
import { asText, isEmpty, own, same, texts } from "../plan/value";
import { type Danger, ended, ends, type Finding, gone, place, weakened } from "./danger";

const CLIENT = "aws_cognito_user_pool_client";
const AUTHORIZERS = ["aws_api_gateway_authorizer", "aws_apigatewayv2_authorizer"];
const STAGES = ["aws_api_gateway_stage", "aws_apigatewayv2_stage"];

const loses = (before: unknown, after: unknown) => texts(before).some((item) => !texts(after).includes(item));
const differs = (before: unknown, after: unknown) => !isEmpty(before) && !same(before, after);

export const clientsApi: readonly Danger[] = [
  {
    kind: "clients-broken",
    reason: "The API goes, or is made anew at another URL: every client that knows this one fails.",
    advice: "Keep the API; give it a domain of its own before it has to move.",
    find: ended("aws_api_gateway_rest_api", "aws_apigatewayv2_api"),
  },
  {
    kind: "clients-broken",
    reason: "The API is no longer on the internet: only callers within a VPC reach it.",
    advice: "Add a second, private API instead.",
    find: weakened({
      types: ["aws_api_gateway_rest_api"],
      attribute: "endpoint_configuration.types",
      worse: (before, after) => !texts(before).includes("PRIVATE") && texts(after).includes("PRIVATE"),
    }),
  },
  {
    kind: "clients-broken",
    reason: "The default address stops answering.",
    advice: "Move every client to the custom domain first.",
    find: weakened({
      types: ["aws_api_gateway_rest_api", "aws_apigatewayv2_api"],
      attribute: "disable_execute_api_endpoint",
      worse: (before, after) => before === false && after === true,
    }),
  },
  {
    kind: "clients-broken",
    reason: "The stage's name is part of the URL: the old URL stops answering.",
    advice: "Add a stage under the new name, move the clients, then remove the old one.",
    find: stages,
  },
  {
    kind: "clients-broken",
    reason: "A domain, or the way from it to the API, is gone or made anew.",
    advice: "Point the domain at its new target before the old one goes.",
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
    reason: "The token is looked for at another place: clients that send it in the old header get 401.",
    advice: "Keep the identity source, or let clients send both headers before the change.",
    find: (plan) =>
      ["identity_source", "identity_sources"].flatMap((attribute) =>
        weakened({ types: AUTHORIZERS, attribute, worse: differs })(plan),
      ),
  },
  {
    kind: "clients-broken",
    reason: "Tokens that were good so far are refused.",
    advice: "Keep the old pool, client or issuer until its tokens have run out.",
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
    reason: "The client no longer takes a way of signing in, or an address, that apps use.",
    advice: "Add the new one first; remove the old one when nothing uses it.",
    find: (plan) =>
      ["explicit_auth_flows", "allowed_oauth_flows", "allowed_oauth_scopes", "callback_urls"].flatMap((attribute) =>
        weakened({ types: [CLIENT], attribute, worse: (b, a) => !isEmpty(b) && loses(b, a) })(plan),
      ),
  },
  {
    kind: "clients-broken",
    reason: "Nobody can make an account any more; only administrators can.",
    advice: "Close the sign-up page first.",
    find: weakened({
      types: ["aws_cognito_user_pool"],
      attribute: "admin_create_user_config.allow_admin_create_user_only",
      worse: (before, after) => before === false && after === true,
    }),
  },
  {
    kind: "clients-broken",
    reason: "Scopes, or another provider's users, are gone from the pool: their sign-in fails.",
    advice: "Keep it until no client asks for it.",
    find: ended("aws_cognito_resource_server", "aws_cognito_identity_provider"),
  },
  {
    kind: "clients-broken",
    reason: "No invocation of the function is let through: every route behind it answers 500.",
    advice: "Leave reserved_concurrent_executions out, or set it to what the routes need.",
    find: weakened({
      types: ["aws_lambda_function"],
      attribute: "reserved_concurrent_executions",
      worse: (before, after) => before !== 0 && after === 0,
    }),
  },
];

/** A stage that goes with its API was said with the API. */
function stages(plan: Plan): Finding[] {
  const apiEnds = plan.ofType("aws_api_gateway_rest_api", "aws_apigatewayv2_api").some(ends);
  return plan.ofType(...STAGES).flatMap((change) => {
    const attribute = change.type === "aws_apigatewayv2_stage" ? "name" : "stage_name";
    if (change.verb === "destroy") return apiEnds ? [] : [gone(change)];
    if (!change.before || !change.after) return [];
    return own(change.before, attribute) === own(change.after, attribute) ? [] : [place(change, attribute)];
  });
}

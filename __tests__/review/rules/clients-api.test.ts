import { clientsApi } from "../../../review/rules/clients-api";
import { API, apiValues, deployed, path, STAGE, stageValues } from "../support/api";
import { oneWay, type Pair, pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, type JsonObject, kept, type Resource, replaced, updated } from "../support/plan";

const AUTHORIZER = "aws_api_gateway_authorizer.a";
const authorizer = {
  rest_api_id: "api1",
  type: "COGNITO_USER_POOLS",
  provider_arns: ["arn:a"],
  identity_source: "method.request.header.Authorization",
};
const changed = (address: string, before: JsonObject, after: JsonObject, ...more: readonly Resource[]) => [
  updated(address, before, after),
  ...more,
];
const both = (what: string, address: string, base: JsonObject, broken: JsonObject, fine: JsonObject): Pair => [
  "clients-broken",
  what,
  changed(address, base, { ...base, ...broken }, ...path, ...deployed),
  `beside ${what}`,
  changed(address, base, { ...base, ...fine }, ...path, ...deployed),
];
const client = { name: "app", prevent_user_existence_errors: "ENABLED", explicit_auth_flows: ["A", "B"] };
const pool = (only: boolean) => ({
  deletion_protection: "ACTIVE",
  admin_create_user_config: [{ allow_admin_create_user_only: only }],
});

const exists = { prevent_user_existence_errors: "ENABLED" };
const recovery = (...names: string[]) => ({
  account_recovery_setting: [{ recovery_mechanism: names.map((name) => ({ name })) }],
});

pairs(clientsApi, [
  [
    "clients-broken",
    "another version of the event",
    [updated("aws_apigatewayv2_integration.i", { payload_format_version: "2.0" }, { payload_format_version: "1.0" })],
    "a description",
    [updated("aws_apigatewayv2_integration.i", { description: "a" }, { description: "b" })],
  ],
  [
    "clients-broken",
    "API keys that come from the authorizer",
    [updated("aws_api_gateway_rest_api.a", { api_key_source: "HEADER" }, { api_key_source: "AUTHORIZER" })],
    "another name of the API",
    [updated("aws_api_gateway_rest_api.a", { name: "a" }, { name: "b" })],
  ],
  [
    "clients-broken",
    "another status of an error",
    [updated("aws_api_gateway_gateway_response.r", { status_code: "401" }, { status_code: "500" })],
    "another text of it",
    [
      updated(
        "aws_api_gateway_gateway_response.r",
        { response_templates: { a: "b" } },
        { response_templates: { a: "c" } },
      ),
    ],
  ],
  [
    "clients-broken",
    "a domain that leads to another stage",
    [updated("aws_api_gateway_base_path_mapping.m", { stage_name: "v1" }, { stage_name: "v0" })],
    "a mapping that comes",
    [created("aws_api_gateway_base_path_mapping.m", { stage_name: "v1" })],
  ],
  oneWay(
    "clients-broken",
    "aws_api_gateway_domain_name",
    { mutual_tls_authentication: [] },
    { mutual_tls_authentication: [{ truststore_uri: "s3://a" }] },
  ),
  [
    "clients-broken",
    "a record that points elsewhere",
    [updated("aws_route53_record.r", { name: "api", records: ["a"] }, { name: "api", records: ["b"] })],
    "another time to live",
    [
      updated(
        "aws_route53_record.r",
        { name: "api", records: ["a"], ttl: 60 },
        { name: "api", records: ["a"], ttl: 300 },
      ),
    ],
  ],
  oneWay(
    "clients-broken",
    "aws_cloudfront_distribution",
    { aliases: ["a.example", "b.example"] },
    { aliases: ["a.example"] },
  ),
  whenDestroyed("clients-broken", "aws_acm_certificate"),
  oneWay(
    "clients-broken",
    "aws_cognito_user_pool_client",
    { write_attributes: ["a", "b"], ...exists },
    { write_attributes: ["a"], ...exists },
  ),
  oneWay(
    "clients-broken",
    "aws_cognito_user_pool",
    recovery("verified_email", "verified_phone_number"),
    recovery("verified_email"),
  ),
  oneWay("clients-broken", "aws_cognito_user_pool", { mfa_configuration: "OPTIONAL" }, { mfa_configuration: "ON" }),
  oneWay(
    "clients-broken",
    "aws_cognito_resource_server",
    { scope: [{ scope_name: "a" }, { scope_name: "b" }] },
    { scope: [{ scope_name: "a" }] },
  ),
  oneWay(
    "clients-broken",
    "aws_cognito_identity_provider",
    { attribute_mapping: { email: "email", name: "n" } },
    { attribute_mapping: { email: "email" } },
  ),

  [
    "clients-broken",
    "an API made anew",
    [replaced(API, apiValues, apiValues)],
    "an API's description",
    [updated(API, apiValues, { ...apiValues, description: "x" })],
  ],
  ["clients-broken", "an API destroyed", [destroyed(API, apiValues)], "an API created", [created(API, apiValues)]],
  [
    "clients-broken",
    "a stage renamed",
    [replaced(STAGE, stageValues, { ...stageValues, stage_name: "v2" })],
    "a stage's description",
    [updated(STAGE, stageValues, { ...stageValues, description: "x" })],
  ],
  [
    "clients-broken",
    "a stage destroyed",
    [kept(API, apiValues), destroyed(STAGE, stageValues)],
    "a stage created",
    [kept(API, apiValues), created(STAGE, stageValues)],
  ],
  [
    "clients-broken",
    "a domain destroyed",
    [destroyed("aws_api_gateway_base_path_mapping.m", {})],
    "a domain created",
    [created("aws_api_gateway_base_path_mapping.m", {})],
  ],
  [
    "clients-broken",
    "a resource server destroyed",
    [destroyed("aws_cognito_resource_server.r", {})],
    "one created",
    [created("aws_cognito_resource_server.r", {})],
  ],
  both(
    "an API made private",
    API,
    apiValues,
    { endpoint_configuration: [{ types: ["PRIVATE"] }] },
    { endpoint_configuration: [{ types: ["EDGE"] }] },
  ),
  both(
    "the default address closed",
    API,
    { ...apiValues, disable_execute_api_endpoint: false },
    { disable_execute_api_endpoint: true },
    { description: "x" },
  ),
  both(
    "another header for the token",
    AUTHORIZER,
    authorizer,
    { identity_source: "method.request.header.token" },
    { name: "x" },
  ),
  both(
    "a pool whose tokens are refused",
    AUTHORIZER,
    authorizer,
    { provider_arns: [] },
    { provider_arns: ["arn:b", "arn:a"] },
  ),
  both(
    "a flow that goes",
    "aws_cognito_user_pool_client.c",
    client,
    { explicit_auth_flows: ["A"] },
    { explicit_auth_flows: ["B", "A"] },
  ),
  both("sign-up closed", "aws_cognito_user_pool.p", pool(false), pool(true), { tags: {} }),
  both(
    "no concurrency",
    "aws_lambda_function.f",
    { reserved_concurrent_executions: -1 },
    { reserved_concurrent_executions: 0 },
    { reserved_concurrent_executions: 5 },
  ),
]);

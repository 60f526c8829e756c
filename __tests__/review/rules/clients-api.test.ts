import { review } from "../../../review/report";
import { clientsApi } from "../../../review/rules/clients-api";
import { clientsModels } from "../../../review/rules/clients-models";
import { clientsRoutes } from "../../../review/rules/clients-routes";
import { API, api, apiValues, deployed, METHOD, methodValues, path, route, STAGE, stageValues } from "../support/api";
import { oneWay, type Pair, pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, type JsonObject, kept, planOf, type Resource, replaced, updated } from "../support/plan";

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
    "a domain that leads to another stage",
    [updated("aws_api_gateway_base_path_mapping.m", { stage_name: "v1" }, { stage_name: "v0" })],
    "a mapping that comes",
    [created("aws_api_gateway_base_path_mapping.m", { stage_name: "v1" })],
  ],
  oneWay(
    "clients-broken",
    "aws_api_gateway_domain_name",
    { security_policy: "TLS_1_0" },
    { security_policy: "TLS_1_2" },
  ),
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

const PERMISSION = "aws_lambda_permission.p";
const permission = {
  function_name: "f",
  principal: "apigateway.amazonaws.com",
  source_arn: "arn:aws:execute-api:r:1:api1/*/GET/echo",
};
const served = [...api, kept(METHOD, methodValues)];

pairs(clientsRoutes, [
  [
    "clients-broken",
    "a method under another key of for_each",
    [...api, destroyed(`${METHOD}["a"]`, methodValues), created(`${METHOD}["b"]`, methodValues), ...deployed],
    "one that moves there",
    [...api, kept(`${METHOD}["b"]`, methodValues, { previous_address: `${METHOD}["a"]` })],
  ],
  [
    "clients-broken",
    "a route that takes signed requests only",
    route({}, { authorization: "AWS_IAM", authorizer_id: null }),
    "one that no longer does",
    route({ authorization: "AWS_IAM", authorizer_id: null }, {}),
  ],

  ["clients-broken", "a route that goes", route({}, undefined), "a route that comes", route(undefined, {})],
  [
    "clients-broken",
    "a path that changes",
    [
      kept(API, apiValues),
      updated(
        "aws_api_gateway_resource.echo",
        { id: "res1", rest_api_id: "api1", parent_id: "root1", path_part: "echo" },
        { id: "res1", rest_api_id: "api1", parent_id: "root1", path_part: "hi" },
      ),
      kept(METHOD, methodValues),
      ...deployed,
    ],
    "one that stays",
    served,
  ],
  [
    "clients-broken",
    "a public route made private",
    route({ authorization: "NONE" }, {}),
    "a private one",
    route({}, { tags: {} }),
  ],
  [
    "clients-broken",
    "scopes on a route without",
    route({}, { authorization_scopes: ["a"] }),
    "scopes that stay",
    route({ authorization_scopes: ["a"] }, { authorization_scopes: ["a"] }),
  ],
  [
    "clients-broken",
    "a scope that no longer is enough",
    route({ authorization_scopes: ["a", "b"] }, { authorization_scopes: ["a"] }),
    "one more scope",
    route({ authorization_scopes: ["a"] }, { authorization_scopes: ["a", "b"] }),
  ],
  [
    "clients-broken",
    "an API key",
    route({}, { api_key_required: true }),
    "none any more",
    route({ api_key_required: true }, {}),
  ],
  [
    "clients-broken",
    "a required header",
    route({}, { request_parameters: { "method.request.header.x": true } }),
    "an optional one",
    route({}, { request_parameters: { "method.request.header.x": false } }),
  ],
  [
    "clients-broken",
    "a permission that goes",
    [...served, destroyed(PERMISSION, permission)],
    "a permission that goes with its route",
    [...api, destroyed(PERMISSION, { ...permission, source_arn: "arn:aws:execute-api:r:1:api1/*/GET/gone" })],
  ],
  [
    "clients-broken",
    "a permission for another path",
    [
      ...served,
      replaced(PERMISSION, permission, { ...permission, source_arn: "arn:aws:execute-api:r:1:api1/*/GET/other" }),
    ],
    "a permission under another address",
    [...served, destroyed(PERMISSION, permission), created("aws_lambda_permission.q", permission)],
  ],
]);

const MODEL = "aws_api_gateway_model.m";
const model = (schema: JsonObject, name = "Login") => ({ rest_api_id: "api1", name, schema: JSON.stringify(schema) });
const base = { type: "object", required: ["a"], properties: { a: { type: "string", maxLength: 10 } } };
const models = (after: JsonObject) => changed(MODEL, model(base), model(after), ...api, ...deployed);
const given = (name: string) => ({ ...methodValues, request_models: { "application/json": name } });

pairs(clientsModels, [
  [
    "clients-broken",
    "a required field added",
    models({ ...base, required: ["a", "b"] }),
    "an optional field added",
    models({ ...base, properties: { ...base.properties, b: { type: "string" } } }),
  ],
  [
    "clients-broken",
    "a shorter field",
    models({ ...base, properties: { a: { type: "string", maxLength: 5 } } }),
    "a longer field",
    models({ ...base, properties: { a: { type: "string", maxLength: 50 } } }),
  ],
  [
    "clients-broken",
    "a field that is rejected",
    models({ ...base, additionalProperties: false }),
    "keys in another order",
    models({ properties: base.properties, required: ["a"], type: "object" }),
  ],
  [
    "clients-broken",
    "a narrower type",
    models({ ...base, properties: { a: { type: "integer", maxLength: 10 } } }),
    "a wider type",
    models({ ...base, properties: { a: { type: ["string", "null"], maxLength: 10 } } }),
  ],
  [
    "clients-broken",
    "a route's first model",
    [...api, kept(MODEL, model(base)), updated(METHOD, methodValues, given("Login")), ...deployed],
    "the same model under another name",
    [
      ...api,
      destroyed(MODEL, model(base)),
      created("aws_api_gateway_model.n", model(base, "SignIn")),
      updated(METHOD, given("Login"), given("SignIn")),
      ...deployed,
    ],
  ],
  [
    "unknown",
    "a schema known only after apply",
    [
      ...api,
      updated(MODEL, model(base), { rest_api_id: "api1", name: "Login" }, { unknown: { schema: true } }),
      ...deployed,
    ],
    "a description",
    changed(MODEL, model(base), { ...model(base), description: "x" }, ...api),
  ],
]);

test("says which field becomes required", () => {
  const { dangers } = review(planOf(models({ ...base, required: ["a", "nick"] })), []);
  expect(dangers).toMatchObject([{ attribute: "schema", after: ["nick becomes required"] }]);
});

test("does not list the routes of an API that goes as a whole", () => {
  const { dangers } = review(planOf([destroyed(API, apiValues), ...path, destroyed(METHOD, methodValues)]), []);
  expect(dangers).toMatchObject([{ address: API }]);
});

test("does not list the preflight of a path that goes with its route", () => {
  const options = { ...methodValues, http_method: "OPTIONS", authorization: "NONE" };
  const plan = planOf([...route({}, undefined), destroyed("aws_api_gateway_method.o", options)]);
  expect(review(plan, []).dangers).toMatchObject([{ before: "GET /echo" }]);
});

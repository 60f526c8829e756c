import type { NodeFunction } from "../../../constructs/function/node-function";
import { only, resources, type Synthesized, type Values } from "../../support/synth";
import { privateRoute, publicRoute, synthHttpApi } from "../support";

const route = (json: Synthesized, key: string): Values =>
  resources(json, "aws_apigatewayv2_route").find(({ route_key }) => route_key === key) ?? {};
const nameOf = (json: Synthesized, type: string) => Object.keys(json.resource[type] ?? {})[0];

test("opens the public routes and nothing else", () => {
  const open = resources(synthHttpApi(), "aws_apigatewayv2_route").filter(
    ({ authorization_type }) => authorization_type !== "JWT",
  );
  expect(open).toMatchObject([{ route_key: "POST /open", authorization_type: "NONE" }]);
  expect(open[0]?.authorizer_id).toBeUndefined();
});

test("puts a JWT authorizer before a private route: the pool issues, the app client is the audience", () => {
  const json = synthHttpApi();
  expect(only(json, "aws_apigatewayv2_authorizer")).toMatchObject({
    authorizer_type: "JWT",
    identity_sources: ["$request.header.Authorization"],
    jwt_configuration: {
      issuer: `https://\${aws_cognito_user_pool.${nameOf(json, "aws_cognito_user_pool")}.endpoint}`,
      audience: [`\${aws_cognito_user_pool_client.${nameOf(json, "aws_cognito_user_pool_client")}.id}`],
    },
  });
  expect(route(json, "GET /mine")).toMatchObject({
    authorization_type: "JWT",
    authorizer_id: `\${aws_apigatewayv2_authorizer.${nameOf(json, "aws_apigatewayv2_authorizer")}.id}`,
  });
  expect(route(json, "GET /mine").authorization_scopes).toBeUndefined();
});

test("reads the token from the header it is told, and lets pages send that header", () => {
  const json = synthHttpApi({ tokenHeader: "X-Token" });
  expect(only(json, "aws_apigatewayv2_authorizer").identity_sources).toEqual(["$request.header.X-Token"]);
  expect(only(json, "aws_apigatewayv2_api").cors_configuration).toMatchObject({
    allow_headers: ["content-type", "authorization", "x-token"],
  });
});

test("asks for the route's scopes when access tokens are used: id tokens have none", () => {
  const json = synthHttpApi({ tokenUse: "access" });
  expect(route(json, "GET /mine").authorization_scopes).toEqual(["a.scope"]);
  expect(route(json, "POST /open").authorization_scopes).toBeUndefined();
});

test("makes one integration a function, with the event of a REST API", () => {
  const json = synthHttpApi();
  const [fn] = Object.keys(json.resource.aws_lambda_function ?? {});
  expect(only(json, "aws_apigatewayv2_integration")).toMatchObject({
    integration_type: "AWS_PROXY",
    integration_method: "POST",
    integration_uri: `\${aws_lambda_function.${fn}.invoke_arn}`,
    payload_format_version: "1.0",
  });
  const targets = resources(json, "aws_apigatewayv2_route").map(({ target }) => target);
  const target = `integrations/\${aws_apigatewayv2_integration.${nameOf(json, "aws_apigatewayv2_integration")}.id}`;
  expect(targets).toEqual([target, target]);
});

test("lets each route invoke its function, for this method and path only, before it is served", () => {
  const json = synthHttpApi({ routes: [{ ...privateRoute, path: "/o/{id}/{rest+}" }] });
  expect(only(json, "aws_lambda_permission")).toMatchObject({
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    source_arn: `\${aws_apigatewayv2_api.${nameOf(json, "aws_apigatewayv2_api")}.execution_arn}/*/GET/o/*/*`,
  });
  expect(only(json, "aws_apigatewayv2_route").depends_on).toEqual([
    `aws_lambda_permission.${nameOf(json, "aws_lambda_permission")}`,
  ]);
});

test("answers the listed origins itself, with every list given and no credentials", () => {
  const json = synthHttpApi({ corsOrigins: ["https://a.example", "https://b.example"] });
  expect(only(json, "aws_apigatewayv2_api").cors_configuration).toEqual({
    allow_origins: ["https://a.example", "https://b.example"],
    allow_methods: ["GET", "POST"],
    allow_headers: ["content-type", "authorization"],
    expose_headers: ["retry-after"],
    allow_credentials: false,
    max_age: 600,
  });
});

test("serves each change at once, under the stage that it is told", () => {
  const json = synthHttpApi({ stageName: "v2" });
  expect(only(json, "aws_apigatewayv2_stage")).toMatchObject({ name: "v2", auto_deploy: true });
});

test("logs each request as one JSON line without headers, query or body, as long as it is told", () => {
  const json = synthHttpApi({ logRetentionDays: 7 });
  const { format, destination_arn } = only(json, "aws_apigatewayv2_stage").access_log_settings as Values;
  expect(JSON.parse(String(format))).toMatchObject({
    resource: "$context.routeKey",
    extendedRequestId: "$context.extendedRequestId",
    sub: "$context.authorizer.claims.sub",
  });
  expect(String(format)).not.toMatch(/header|querystring|input|body|authorizer\.claims\.(?!sub)/i);
  expect(destination_arn).toMatch(/aws_cloudwatch_log_group\..*access-logs.*\.arn/);
  const group = resources(json, "aws_cloudwatch_log_group").find(
    ({ name }) => name === "/aws/vendedlogs/apigateway/test",
  );
  expect(group?.retention_in_days).toBe(7);
});

test("limits the stage, and a route more strictly where it asks for it, never less", () => {
  const json = synthHttpApi({
    throttle: { rateLimit: 50, burstLimit: 8 },
    routes: [privateRoute, { ...publicRoute, throttle: { rateLimit: 5, burstLimit: 10 } }],
  });
  const stage = only(json, "aws_apigatewayv2_stage");
  expect(stage.default_route_settings).toMatchObject({ throttling_rate_limit: 50, throttling_burst_limit: 8 });
  expect(stage.route_settings).toMatchObject([
    { route_key: "POST /open", throttling_rate_limit: 5, throttling_burst_limit: 8 },
  ]);
});

test("makes routes before the stage that limits them, and drops them after it", () => {
  const json = synthHttpApi();
  const routes = Object.keys(json.resource.aws_apigatewayv2_route ?? {}).map(
    (name) => `aws_apigatewayv2_route.${name}`,
  );
  expect(only(json, "aws_apigatewayv2_stage").depends_on).toEqual(expect.arrayContaining(routes));
  for (const { lifecycle } of resources(json, "aws_apigatewayv2_route")) {
    expect(lifecycle).toEqual({ create_before_destroy: true });
  }
});

test("gives a private route no authorizer to do without: synth stops", () => {
  expect(() => synthHttpApi({ userPool: "none" })).toThrow("GET /mine: a private route needs an authorizer");
  const open = synthHttpApi({ userPool: "none", routes: [publicRoute] });
  expect(resources(open, "aws_apigatewayv2_authorizer")).toEqual([]);
});

test("rejects what a REST API rejects: routes, functions and origins that cannot be", () => {
  expect(() => synthHttpApi({ routes: [publicRoute, publicRoute] })).toThrow("got two such routes");
  expect(() => synthHttpApi({ functions: new Map<string, NodeFunction>() })).toThrow(
    "POST /open: function must be one of those given, got echo",
  );
  expect(() => synthHttpApi({ corsOrigins: ["*", "https://a.example"] })).toThrow("corsOrigins must be exact origins");
});

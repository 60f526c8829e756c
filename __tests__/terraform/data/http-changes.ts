/** As `changes.ts`, on an HTTP API: its stage deploys changes automatically, so that a plan shows the changes alone. */
import { append, replace } from "../gate/edits";
import {
  afterHello,
  type Change,
  ECHO_ROW,
  everyFunction,
  FUNCTION_RENAMED,
  HELLO_ROW,
  LOGOUT_REMOVED,
  PRIVATE_ROUTES,
  wholeFunction,
} from "./change";

export const httpChanges: readonly Change[] = [
  { name: "nothing", expected: [] },
  {
    name: "route-added",
    edits: [afterHello('  { method: "PATCH", path: "/orders/{id}", function: "echo", scopes },\n')],
    expected: [
      "create aws_apigatewayv2_route.api_orders_variable_PATCH_route",
      "create aws_lambda_permission.api_orders_variable_PATCH_route_permission",
      "update aws_apigatewayv2_api.api", // one more method in the CORS configuration
    ],
  },
  {
    name: "route-made-public",
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace("scopes", 'access: "public", reason: "says hello"'))],
    expected: ["update aws_apigatewayv2_route.api_hello_GET_route"],
  },
  {
    name: "route-removed",
    edits: [replace("routes.ts", HELLO_ROW, "")],
    expected: [
      "delete aws_apigatewayv2_route.api_hello_GET_route",
      "delete aws_lambda_permission.api_hello_GET_route_permission",
    ],
  },
  {
    name: "route-removed-with-its-function",
    edits: [LOGOUT_REMOVED],
    expected: [
      "delete aws_apigatewayv2_route.api_user_logout_POST_route",
      "delete aws_apigatewayv2_integration.api_integrations_logout",
      "delete aws_lambda_permission.api_user_logout_POST_route_permission",
      ...wholeFunction("delete", "logout"),
    ],
  },
  {
    name: "method-of-a-route",
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace("method: GET", 'method: "PATCH"'))],
    expected: [
      "delete aws_apigatewayv2_route.api_hello_GET_route",
      "delete aws_lambda_permission.api_hello_GET_route_permission",
      "create aws_apigatewayv2_route.api_hello_PATCH_route",
      "create aws_lambda_permission.api_hello_PATCH_route_permission",
      "update aws_apigatewayv2_api.api",
    ],
  },
  {
    name: "limit-of-a-route",
    edits: [
      replace("routes.ts", ECHO_ROW, ECHO_ROW.replace("scopes", "scopes, throttle: { rateLimit: 1, burstLimit: 2 }")),
    ],
    expected: ["update aws_apigatewayv2_stage.api_deployment_stage"],
  },
  {
    name: "function-file-renamed",
    edits: FUNCTION_RENAMED,
    expected: [
      ...wholeFunction("create", "whoami"),
      ...wholeFunction("delete", "echo"),
      "create aws_apigatewayv2_integration.api_integrations_whoami",
      "delete aws_apigatewayv2_integration.api_integrations_echo",
      "update aws_apigatewayv2_route.api_echo_GET_route",
      "update aws_apigatewayv2_route.api_hello_GET_route",
      "replace aws_lambda_permission.api_echo_GET_route_permission",
      "replace aws_lambda_permission.api_hello_GET_route_permission",
    ],
  },
  {
    name: "handler-text-changed",
    edits: [append("functions/echo.ts", 'export const version = "2";')],
    expected: ["update aws_lambda_function.functions_echo_function"],
  },
  {
    name: "cors-origin-added",
    settings: { CORS_ORIGINS: "http://localhost:3000,https://app.example" },
    expected: [everyFunction, "update aws_apigatewayv2_api.api"],
  },
  {
    name: "token-use",
    settings: { TOKEN_USE: "access" },
    expected: [
      everyFunction,
      ...PRIVATE_ROUTES.map((route) => `update aws_apigatewayv2_route.api_${route}_route` as const),
    ],
  },
  {
    name: "token-header",
    settings: { TOKEN_HEADER: "token" },
    expected: ["update aws_apigatewayv2_authorizer.api_authorizer", "update aws_apigatewayv2_api.api"],
  },
  {
    name: "cors-headers",
    settings: { CORS_HEADERS: "traceparent", CORS_EXPOSED_HEADERS: "ETag" },
    expected: [everyFunction, "update aws_apigatewayv2_api.api"],
  },
  {
    name: "refresh-token-rotation",
    settings: { REFRESH_TOKEN_ROTATION: "true" },
    expected: ["update aws_cognito_user_pool_client.users_client", everyFunction],
  },
  {
    name: "token-lifetimes",
    settings: { ID_TOKEN_MINUTES: "30" },
    expected: ["update aws_cognito_user_pool_client.users_client"],
  },
  {
    name: "throttling",
    settings: { THROTTLE_RATE: "40" },
    expected: ["update aws_apigatewayv2_stage.api_deployment_stage"],
  },
  {
    name: "api-stage-renamed",
    settings: { API_STAGE: "v2" },
    expected: ["replace aws_apigatewayv2_stage.api_deployment_stage"],
  },
  {
    // Another API, another URL; the users and the functions stay.
    name: "api-type",
    settings: { API_TYPE: "rest" },
    expected: [
      "delete aws_apigatewayv2_*",
      "create aws_api_gateway_*",
      "delete aws_lambda_permission.api_*_route_permission",
      "create aws_lambda_permission.*",
      "replace aws_cloudwatch_log_group.api_deployment_access-logs",
      "create aws_cloudwatch_log_group.api_deployment_execution-logs",
      "create aws_iam_role.api_deployment_account_role",
      "create aws_iam_role_policy.api_deployment_account_policy",
    ],
  },
];

/** As `changes.ts`, on an HTTP API: its stage deploys changes automatically, so that a plan shows the changes alone. */
import { append, replace } from "../gate/edits";
import { afterHello, type Change, everyFunction, HELLO_ROW } from "./change";

export const httpChanges: readonly Change[] = [
  { name: "nothing", expected: [] },
  {
    name: "route-added",
    edits: [afterHello('  { method: "DELETE", path: "/orders/{id}", function: "echo", scopes },\n')],
    expected: [
      "create aws_apigatewayv2_route.api_orders_variable_DELETE_route",
      "create aws_lambda_permission.api_orders_variable_DELETE_route_permission",
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
      "update aws_apigatewayv2_route.api_echo_GET_route",
      "update aws_apigatewayv2_route.api_hello_GET_route",
      "update aws_apigatewayv2_route.api_user_test-user_POST_route",
    ],
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
];

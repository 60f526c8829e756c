/** Edits of the route table. */

import { create, replace } from "../gate/edits";
import {
  afterHello,
  type Change,
  ECHO_ROW,
  HELLO_ROW,
  LOGOUT_REMOVED,
  onPath,
  REDEPLOYED,
  routeOnNewPath,
  wholeFunction,
} from "./change";

export const routeChanges: readonly Change[] = [
  {
    name: "route-added",
    edits: [afterHello('  { method: GET, path: "/orders/{id}", function: "echo", scopes },\n')],
    expected: [
      "create aws_api_gateway_resource.api_orders_resource",
      ...routeOnNewPath("create", "api_orders_variable", "GET"),
      ...REDEPLOYED,
    ],
  },
  {
    name: "route-added-with-a-function-and-a-body",
    edits: [
      create("functions/ping.ts", 'export { handler } from "./echo";\n'),
      replace(
        "routes.ts",
        "const POST",
        'import { loginBody as pingBody } from "./functions/shared/schemas";\nconst POST',
      ),
      afterHello('  { method: POST, path: "/ping", function: "ping", scopes, body: pingBody },\n'),
    ],
    expected: [
      ...routeOnNewPath("create", "api_ping", "POST"),
      "create aws_api_gateway_model.api_ping_POST_model",
      ...wholeFunction("create", "ping"),
      ...REDEPLOYED,
    ],
  },
  {
    name: "method-added-to-a-path",
    edits: [afterHello('  { method: "DELETE", path: "/echo", function: "echo", scopes },\n')],
    expected: [
      ...onPath("create", "api_echo", "DELETE"),
      "update aws_api_gateway_integration_response.api_echo_OPTIONS_integration-response",
      ...REDEPLOYED,
    ],
  },
  {
    name: "method-of-a-route",
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace("method: GET", 'method: "PUT"'))],
    expected: [
      ...onPath("delete", "api_hello", "GET"),
      ...onPath("create", "api_hello", "PUT"),
      "update aws_api_gateway_integration_response.api_hello_OPTIONS_integration-response",
      ...REDEPLOYED,
    ],
  },
  {
    name: "body-of-a-route-removed",
    edits: [replace("routes.ts", "    body: logoutBody,\n", "")],
    expected: [
      "update aws_api_gateway_method.api_user_logout_POST_method",
      "delete aws_api_gateway_model.api_user_logout_POST_model",
      ...REDEPLOYED,
    ],
  },
  {
    name: "route-made-public",
    edits: [replace("routes.ts", HELLO_ROW, HELLO_ROW.replace("scopes", 'access: "public", reason: "says hello"'))],
    expected: ["update aws_api_gateway_method.api_hello_GET_method", ...REDEPLOYED],
  },
  {
    name: "route-removed",
    edits: [replace("routes.ts", HELLO_ROW, "")],
    expected: [...routeOnNewPath("delete", "api_hello", "GET"), ...REDEPLOYED],
  },
  {
    name: "route-removed-with-its-function",
    edits: [LOGOUT_REMOVED],
    expected: [
      ...routeOnNewPath("delete", "api_user_logout", "POST"),
      "delete aws_api_gateway_model.api_user_logout_POST_model",
      ...wholeFunction("delete", "logout"),
      ...REDEPLOYED,
    ],
  },
  {
    name: "rows-in-another-order",
    edits: [replace("routes.ts", ECHO_ROW + HELLO_ROW, HELLO_ROW + ECHO_ROW)],
    expected: [],
  },
  {
    name: "reason-of-a-public-route-reworded",
    edits: [replace("routes.ts", 'reason: "issues the token",', 'reason: "hands out the token",')],
    expected: [],
  },
  {
    name: "time-out-of-a-route",
    edits: [replace("routes.ts", ECHO_ROW, ECHO_ROW.replace("scopes", "scopes, timeoutSeconds: 20"))],
    expected: ["update aws_lambda_function.functions_echo_function"],
  },
  {
    name: "limit-of-a-route",
    edits: [
      replace("routes.ts", ECHO_ROW, ECHO_ROW.replace("scopes", "scopes, throttle: { rateLimit: 1, burstLimit: 2 }")),
    ],
    expected: ["create aws_api_gateway_method_settings.api_deployment_limits_echo_GET_settings"],
  },
  {
    name: "permission-of-a-function",
    edits: [
      replace("routes.ts", ECHO_ROW, ECHO_ROW.replace("scopes", 'scopes, cognitoActions: ["cognito-idp:ListUsers"]')),
    ],
    expected: ["update aws_iam_role_policy.functions_echo_policy"],
  },
];

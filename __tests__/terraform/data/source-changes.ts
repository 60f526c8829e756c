/** Edits of a handler, a schema or a construct. */

import { append, move, replace } from "../gate/edits";
import { type Change, FUNCTION_RENAMED, REDEPLOYED, wholeFunction } from "./change";

export const sourceChanges: readonly Change[] = [
  {
    name: "handler-text-changed",
    edits: [append("functions/echo.ts", 'export const version = "2";')],
    expected: ["update aws_lambda_function.functions_echo_function"],
  },
  {
    name: "schema-changed",
    edits: [replace("functions/shared/schemas.ts", "const email = text(254);", "const email = text(200);")],
    // The one bundle that holds it.
    expected: [
      "update aws_api_gateway_model.api_user_sign-up_POST_model",
      "update aws_lambda_function.functions_sign-up_function",
      ...REDEPLOYED,
    ],
  },
  {
    name: "function-file-renamed",
    edits: FUNCTION_RENAMED,
    expected: [
      ...wholeFunction("create", "whoami"),
      ...wholeFunction("delete", "echo"),
      "update aws_api_gateway_integration.api_echo_GET_integration",
      "update aws_api_gateway_integration.api_hello_GET_integration",
      "replace aws_lambda_permission.api_echo_GET_permission",
      "replace aws_lambda_permission.api_hello_GET_permission",
      ...REDEPLOYED,
    ],
  },

  // Constructs
  {
    name: "construct-file-moved",
    edits: [
      move("constructs/users/user-pool.ts", "constructs/users/pool.ts"),
      replace("stack.ts", '"./constructs/users/user-pool"', '"./constructs/users/pool"'),
      replace("constructs/api/api-props.ts", '"../users/user-pool"', '"../users/pool"'),
    ],
    expected: [],
  },
  {
    name: "text-of-gateway-errors",
    edits: [replace("constructs/rest/gateway-responses.ts", '"success":false,', "")],
    expected: ["update aws_api_gateway_gateway_response.*", ...REDEPLOYED],
  },
  {
    name: "time-that-preflights-are-kept",
    edits: [replace("constructs/api/cors.ts", "MAX_AGE_SECONDS = 600", "MAX_AGE_SECONDS = 60")],
    expected: ["update aws_api_gateway_integration_response.*", ...REDEPLOYED],
  },
  {
    name: "fields-of-the-access-log",
    edits: [replace("constructs/api/access-log.ts", '  responseBytes: "$context.responseLength",\n', "")],
    expected: ["update aws_api_gateway_stage.api_deployment_stage"],
  },
];

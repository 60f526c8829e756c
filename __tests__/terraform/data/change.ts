/** A row of a table of changes, and what the rows share. */
import { type Edit, move, replace } from "../gate/edits";
import type { Expected } from "../gate/expectation";

export interface Change {
  readonly name: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly edits?: readonly Edit[];
  readonly expected: readonly Expected[];
}

export const REDEPLOYED: readonly Expected[] = [
  "replace aws_api_gateway_deployment.api_deployment",
  "update aws_api_gateway_stage.api_deployment_stage",
];

export const everyFunction: Expected = "update aws_lambda_function.*";

/** The resources of one route: `api_orders` is the path's construct. */
export const routeOnNewPath = (action: "create" | "delete", path: string, method: string): Expected[] => [
  `${action} aws_api_gateway_resource.${path}_resource`,
  ...onPath(action, path, method),
  `${action} aws_api_gateway_method.${path}_OPTIONS_method`,
  `${action} aws_api_gateway_integration.${path}_OPTIONS_integration`,
  `${action} aws_api_gateway_method_response.${path}_OPTIONS_method-response`,
  `${action} aws_api_gateway_integration_response.${path}_OPTIONS_integration-response`,
];
export const onPath = (action: "create" | "delete", path: string, method: string): Expected[] => [
  `${action} aws_api_gateway_method.${path}_${method}_method`,
  `${action} aws_api_gateway_integration.${path}_${method}_integration`,
  `${action} aws_lambda_permission.${path}_${method}_permission`,
];
export const wholeFunction = (action: "create" | "delete", name: string): Expected[] => [
  `${action} aws_lambda_function.functions_${name}_function`,
  `${action} aws_iam_role.functions_${name}_role`,
  `${action} aws_iam_role_policy.functions_${name}_policy`,
  `${action} aws_cloudwatch_log_group.functions_${name}_logs`,
];

/** As addresses name them: `echo_GET`. */
export const PRIVATE_ROUTES = [
  "echo_GET",
  "hello_GET",
  "notes_GET",
  "notes_POST",
  "notes_variable_DELETE",
  "notes_variable_GET",
  "notes_variable_PUT",
  "user_DELETE",
  "user_change-password_POST",
  "user_mfa_DELETE",
  "user_mfa_POST",
  "user_mfa_confirm_POST",
  "user_sign-out-everywhere_POST",
  "user_test-user_POST",
] as const;

export const ECHO_ROW = '  { method: GET, path: "/echo", function: "echo", scopes, ...userResponses.echo },\n';
export const HELLO_ROW = '  { method: GET, path: "/hello", function: "echo", scopes, ...userResponses.echo },\n';
export const afterHello = (row: string) => replace("routes.ts", HELLO_ROW, HELLO_ROW + row);
export const LOGOUT_REMOVED = replace(
  "routes.ts",
  / {2}\{\n {4}method: POST,\n {4}path: "\/user\/logout",[^}]*\},\n/,
  "",
);
export const FUNCTION_RENAMED: readonly Edit[] = [
  move("functions/echo.ts", "functions/whoami.ts"),
  replace("routes.ts", ECHO_ROW, ECHO_ROW.replace('"echo"', '"whoami"')),
  replace("routes.ts", HELLO_ROW, HELLO_ROW.replace('"echo"', '"whoami"')),
];

/**
 * What a block of the JSON means locally: served, harmless (no request can tell it from its absence), rejected (it changes
 * responses and is not emulated), or not emulated (anything else: the start goes on and says so).
 */
import { dynamicBlocks } from "./dynamic";
import type { JsonObject } from "./json";
import { ARGUMENTS } from "./supported-arguments";

export type Support = "served" | "harmless" | "not emulated" | { readonly rejected: string };

/** Served types whose arguments are not listed one by one: an unknown one changes no response. */
const SERVED = new Set([
  "aws_api_gateway_deployment",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_method_response",
  "aws_api_gateway_model",
  "aws_api_gateway_request_validator",
  "aws_api_gateway_resource",
  "aws_apigatewayv2_deployment",
  "aws_cognito_user_group",
  "aws_dynamodb_table",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_lambda_alias",
  "aws_lambda_permission",
  "data.archive_file",
  "data.aws_caller_identity",
  "data.aws_cognito_user_pool",
  "data.aws_iam_policy_document",
  "data.aws_partition",
  "data.aws_region",
]);

const HARMLESS = new Set([
  "aws_api_gateway_account",
  "aws_api_gateway_documentation_part",
  "aws_api_gateway_documentation_version",
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_cloudwatch_query_definition",
  "terraform_data",
]);

/** Types that change the responses of served ones. */
const REJECTED = new Set([
  "aws_api_gateway_rest_api_policy",
  "aws_api_gateway_rest_api_put",
  "aws_apigatewayv2_integration_response",
  "aws_apigatewayv2_route_response",
  "aws_cognito_managed_user_pool_client",
  "aws_cognito_risk_configuration",
  "aws_iam_policy_attachment",
]);

const kindOf = (address: string, type: string) => (address.startsWith("data.") ? `data.${type}` : type);

/** Whether the attributes of a type are known: it is served or harmless. */
export const isServedType = (address: string, type: string): boolean => support(address, type, {}) !== "not emulated";

/**
 * @param body the block as written in the JSON
 * @param resolved an argument's value, its expressions evaluated
 */
export function support(
  address: string,
  type: string,
  body: JsonObject,
  resolved: (name: string) => unknown = (name) => body[name],
): Support {
  const kind = kindOf(address, type);
  if (REJECTED.has(kind)) return { rejected: `${address}: this resource type is not served locally` };
  const rules = Object.hasOwn(ARGUMENTS, kind) ? ARGUMENTS[kind] : undefined;
  const names = [...Object.keys(body), ...dynamicBlocks(body).map(([label]) => label)];
  const argument = rules && names.find((name) => !accepts(rules, name, body[name], resolved));
  if (argument !== undefined) return { rejected: `${address}: ${argument} is not served locally` };
  if (SERVED.has(kind) || rules) return "served";
  return HARMLESS.has(kind) ? "harmless" : "not emulated";
}

type Rules = NonNullable<(typeof ARGUMENTS)[string]>;

function accepts(rules: Rules, name: string, written: unknown, resolved: (name: string) => unknown): boolean {
  const rule = Object.hasOwn(rules, name) ? rules[name] : false;
  if (rule === true || (written !== undefined && !isSet(written))) return true;
  const value = resolved(name);
  return !isSet(value) || (typeof rule === "function" && rule(value));
}

/** Null, false and empty values are Terraform's way to leave an argument out. */
function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

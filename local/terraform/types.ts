/** What is served, or shapes what is served. */
const SERVED = new Set([
  "aws_api_gateway_authorizer",
  "aws_api_gateway_deployment",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_method",
  "aws_api_gateway_method_response",
  "aws_api_gateway_method_settings",
  "aws_api_gateway_model",
  "aws_api_gateway_request_validator",
  "aws_api_gateway_resource",
  "aws_api_gateway_rest_api",
  "aws_api_gateway_stage",
  "aws_apigatewayv2_api",
  "aws_apigatewayv2_authorizer",
  "aws_apigatewayv2_deployment",
  "aws_apigatewayv2_integration",
  "aws_apigatewayv2_route",
  "aws_apigatewayv2_stage",
  "aws_cognito_user_group",
  "aws_cognito_user_pool",
  "aws_cognito_user_pool_client",
  "aws_dynamodb_table",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_lambda_function",
  "aws_lambda_permission",
  "data.archive_file",
  "data.aws_caller_identity",
  "data.aws_cognito_user_pool",
  "data.aws_iam_policy_document",
  "data.aws_partition",
  "data.aws_region",
]);

/** What no request can tell from its absence. */
const IGNORED = new Set([
  "aws_api_gateway_account",
  "aws_api_gateway_documentation_part",
  "aws_api_gateway_documentation_version",
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
]);

/** Arguments that would change answers and are not emulated. */
const REFUSED_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_rest_api: ["body", "policy"],
  aws_apigatewayv2_api: ["body", "credentials_arn", "route_key", "target"],
  aws_apigatewayv2_integration: ["request_parameters", "response_parameters", "tls_config"],
  aws_apigatewayv2_route: ["request_parameter"],
  aws_lambda_function: ["image_uri", "s3_bucket", "layers", "vpc_config"],
};

/** Why a block cannot be served, in one line; undefined if it can. */
export function refusal(address: string, type: string, body: Readonly<Record<string, unknown>>): string | undefined {
  const kind = address.startsWith("data.") ? `data.${type}` : type;
  const what = kind === type ? "resource type" : "data source";
  if (!SERVED.has(kind) && !IGNORED.has(kind)) return `${address}: this ${what} is not served locally`;
  const given = (argument: string) => body[argument] !== undefined && body[argument] !== null;
  const refused = ["count", "for_each", ...(REFUSED_ARGUMENTS[kind] ?? [])].find(given);
  return refused && `${address}: ${refused} is not served locally`;
}

/** The stored state of a small consistent stack with one private route, as Terraform writes it. */
import type { Values } from "./gate/state";

export interface Stored {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: { attributes: Record<string, unknown>; dependencies: string[] }[];
}

const ROLE = "arn:aws:iam::123456789012:role";
const LOGS = "arn:aws:logs:us-east-1:123456789012:log-group";
const EXECUTION = "arn:aws:execute-api:us-east-1:123456789012:api1";
const at = (http_method: string) => ({ rest_api_id: "api1", resource_id: "res1", http_method });
const trust = (service: string) => JSON.stringify({ Statement: [{ Principal: { Service: service } }] });
const policy = (actions: string[], resource: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: resource }] });

/** Attributes by address. */
const attributes: Readonly<Record<string, Values>> = {
  "archive_file.echo": { output_base64sha256: "hash" },
  "aws_cognito_user_pool.pool": { id: "pool1", arn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/pool1" },
  "aws_cognito_user_pool_client.client": { id: "client1", user_pool_id: "pool1", client_secret: "canary" },
  "aws_cloudwatch_log_group.echo": { name: "/aws/lambda/echo", arn: `${LOGS}:/aws/lambda/echo` },
  "aws_cloudwatch_log_group.access": { name: "/aws/apigateway/api", arn: `${LOGS}:/aws/apigateway/api` },
  "aws_cloudwatch_log_group.execution": { name: "API-Gateway-Execution-Logs_api1/v1", arn: `${LOGS}:execution` },
  "aws_iam_role.echo": { name: "echo", arn: `${ROLE}/echo`, assume_role_policy: trust("lambda.amazonaws.com") },
  "aws_iam_role.account": { name: "acc", arn: `${ROLE}/acc`, assume_role_policy: trust("apigateway.amazonaws.com") },
  "aws_iam_role_policy.echo": {
    role: "echo",
    policy: policy(["logs:CreateLogStream", "logs:PutLogEvents"], `${LOGS}:/aws/lambda/echo:*`),
  },
  "aws_iam_role_policy.account": { role: "acc", policy: policy(["logs:PutLogEvents"], `${LOGS}:*`) },
  "aws_lambda_function.echo": {
    function_name: "echo",
    role: `${ROLE}/echo`,
    handler: "index.handler",
    invoke_arn: "arn:aws:apigateway:invoke/echo",
    source_code_hash: "hash",
    logging_config: [{ log_group: "/aws/lambda/echo" }],
    environment: [{ variables: { USER_POOL_ID: "pool1", CLIENT_ID: "client1" } }],
  },
  "aws_lambda_permission.echo": {
    action: "lambda:InvokeFunction",
    function_name: "echo",
    principal: "apigateway.amazonaws.com",
    source_arn: `${EXECUTION}/*/GET/echo`,
  },
  "aws_api_gateway_rest_api.api": { id: "api1", root_resource_id: "root1", execution_arn: EXECUTION },
  "aws_api_gateway_resource.echo": { id: "res1", rest_api_id: "api1", path: "/echo" },
  "aws_api_gateway_authorizer.pool": { id: "auth1", rest_api_id: "api1" },
  "aws_api_gateway_request_validator.all": { id: "valid1", rest_api_id: "api1" },
  "aws_api_gateway_model.echo": { name: "GetEcho", rest_api_id: "api1" },
  "aws_api_gateway_method.get": {
    ...at("GET"),
    authorization: "COGNITO_USER_POOLS",
    authorizer_id: "auth1",
    request_validator_id: "valid1",
    request_models: { "application/json": "GetEcho" },
  },
  "aws_api_gateway_integration.get": {
    ...at("GET"),
    type: "AWS_PROXY",
    integration_http_method: "POST",
    uri: "arn:aws:apigateway:invoke/echo",
  },
  "aws_api_gateway_method.options": { ...at("OPTIONS"), authorization: "NONE", request_validator_id: "valid1" },
  "aws_api_gateway_integration.options": { ...at("OPTIONS"), type: "MOCK" },
  "aws_api_gateway_method_response.options": { ...at("OPTIONS"), status_code: "204" },
  "aws_api_gateway_integration_response.options": { ...at("OPTIONS"), status_code: "204" },
  "aws_api_gateway_account.account": { cloudwatch_role_arn: `${ROLE}/acc` },
  "aws_api_gateway_deployment.deployment": { id: "dep1", rest_api_id: "api1" },
  "aws_api_gateway_stage.stage": {
    rest_api_id: "api1",
    stage_name: "v1",
    deployment_id: "dep1",
    access_log_settings: [{ destination_arn: `${LOGS}:/aws/apigateway/api` }],
  },
  "aws_api_gateway_method_settings.all": { rest_api_id: "api1", stage_name: "v1", method_path: "*/*" },
  "aws_api_gateway_method_settings.echo": { rest_api_id: "api1", stage_name: "v1", method_path: "~1echo/GET" },
};

/** A new copy. Every resource depends on all above it. */
export const appliedState = () => ({ resources: stored(attributes) });

function stored(resources: Readonly<Record<string, Values>>, before: readonly string[] = []): Stored[] {
  const addresses = [...before, ...Object.keys(resources)];
  return Object.entries(structuredClone(resources)).map(([address, values]) => {
    const [type = "", name = ""] = address.split(".");
    const dependencies = addresses.slice(0, addresses.indexOf(address));
    const mode = type === "archive_file" ? "data" : "managed";
    return { mode, type, name, instances: [{ attributes: { ...values }, dependencies }] };
  });
}

const httpApi: Readonly<Record<string, Values>> = {
  "aws_apigatewayv2_api.api": { id: "api1", execution_arn: EXECUTION },
  "aws_apigatewayv2_authorizer.pool": { id: "auth1", api_id: "api1" },
  "aws_apigatewayv2_integration.echo": {
    id: "int1",
    api_id: "api1",
    integration_uri: "arn:aws:apigateway:invoke/echo",
    payload_format_version: "1.0",
  },
  "aws_apigatewayv2_route.get": {
    api_id: "api1",
    route_key: "GET /echo",
    target: "integrations/int1",
    authorization_type: "JWT",
    authorizer_id: "auth1",
  },
  "aws_apigatewayv2_stage.stage": {
    api_id: "api1",
    auto_deploy: true,
    access_log_settings: [{ destination_arn: `${LOGS}:/aws/apigateway/api` }],
    default_route_settings: [{ throttling_rate_limit: 50 }],
    route_settings: [{ route_key: "GET /echo" }],
  },
};

/** Replaces the REST API by an HTTP API with the same route. */
export function toHttpApi(resources: Stored[]): void {
  const others = resources.filter(({ type }) => !type.startsWith("aws_api_gateway_"));
  const before = others.map(({ type, name }) => `${type}.${name}`);
  resources.splice(0, resources.length, ...others, ...stored(httpApi, before));
}

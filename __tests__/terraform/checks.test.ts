import { appliedState, type Stored, toHttpApi } from "./applied-state";
import { problemsOf } from "./checks/all";
import { State } from "./gate/state";

const known = { logs: ["CreateLogStream", "PutLogEvents"], "cognito-idp": ["AdminGetUser"] };

/** The problems of the small stack with one fault. */
function problemsWith(
  fault: (find: (address: string) => Stored["instances"][number], all: Stored[]) => void,
): string[] {
  const stored = appliedState();
  fault((address) => {
    const found = stored.resources.find(({ type, name }) => `${type}.${name}` === address)?.instances[0];
    if (!found) throw new Error(`no ${address}`);
    return found;
  }, stored.resources);
  return problemsOf(new State(stored), known);
}

const set = (address: string, attribute: string, value: unknown) =>
  problemsWith((find) => {
    find(address).attributes[attribute] = value;
  });
const without = (address: string) =>
  problemsWith((_, all) => {
    all.splice(
      all.findIndex(({ type, name }) => `${type}.${name}` === address),
      1,
    );
  });
const unordered = (address: string, before: string) =>
  problemsWith((find) => {
    const resource = find(address);
    resource.dependencies = resource.dependencies.filter((other) => other !== before);
  });
const allowing = (actions: string[], resource: string) =>
  set(
    "aws_iam_role_policy.echo",
    "policy",
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: resource }] }),
  );

test("finds no problem in a consistent stack", () => {
  expect(problemsWith(() => undefined)).toEqual([]);
});

test.each<[string, string[], string]>([
  [
    "a permission for another path",
    set("aws_lambda_permission.echo", "source_arn", "arn:x/*/GET/ech"),
    "missing permission",
  ],
  ["a permission for every path", set("aws_lambda_permission.echo", "source_arn", "arn:x/*"), "needless permission"],
  ["a permission for every principal", set("aws_lambda_permission.echo", "principal", "*"), "needless permission"],
  ["no permission", without("aws_lambda_permission.echo"), "missing permission"],
  [
    "an integration with nothing",
    set("aws_api_gateway_integration.get", "uri", "arn:none"),
    "GET /echo invokes no function of this stack",
  ],
  [
    "an integration by GET",
    set("aws_api_gateway_integration.get", "integration_http_method", "GET"),
    "accepts POST only",
  ],
  ["a method without integration", without("aws_api_gateway_integration.get"), "has no integration"],
  ["a private method left open", set("aws_api_gateway_method.get", "authorization", "NONE"), "is public"],
  ["an authorizer that is not there", set("aws_api_gateway_method.get", "authorizer_id", "x"), "authorizer must be"],
  [
    "a method without validator",
    set("aws_api_gateway_method.get", "request_validator_id", null),
    "request validator must",
  ],
  ["a model that is not there", without("aws_api_gateway_model.echo"), "request model must be"],
  [
    "a preflight that declares another status",
    set("aws_api_gateway_method_response.options", "status_code", "200"),
    "declares status 200",
  ],
  [
    "a resource of another API",
    set("aws_api_gateway_authorizer.pool", "rest_api_id", "api2"),
    "belongs to another API",
  ],
  [
    "an action that does not exist",
    allowing(["logs:PutLogEvent"], "arn:aws:logs:us-east-1:123456789012:log-group:*"),
    "there is no action",
  ],
  ["an action of an unknown service", allowing(["s4:Get"], "*"), "does not know the actions"],
  ["a policy on nothing", allowing(["cognito-idp:AdminGetUser"], "arn:aws:cognito-idp:::nobody"), "matches nothing"],
  ["a role that may not log", allowing(["logs:CreateLogStream"], "arn:aws:logs:*"), "lacks logs:PutLogEvents"],
  ["a policy of another role", set("aws_iam_role_policy.echo", "role", "ech"), "belongs to no role"],
  ["a role that Lambda cannot assume", set("aws_iam_role.echo", "assume_role_policy", "{}"), "cannot assume its role"],
  ["a function of another role", set("aws_lambda_function.echo", "role", "arn:x"), "its role is not made"],
  ["another archive's code", set("aws_lambda_function.echo", "source_code_hash", "x"), "of no archive"],
  ["another handler", set("aws_lambda_function.echo", "handler", "index.handle"), "not the bundle's export"],
  [
    "another client in the environment",
    set("aws_lambda_function.echo", "environment", []),
    "CLIENT_ID must be client1",
  ],
  [
    "a secret in the environment",
    set("aws_lambda_function.echo", "description", "canary"),
    "holds the app client's secret",
  ],
  ["a client without secret", set("aws_cognito_user_pool_client.client", "client_secret", ""), "has no secret"],
  ["a stage of another deployment", set("aws_api_gateway_stage.stage", "deployment_id", "dep0"), "does not serve"],
  [
    "access logs that go nowhere",
    set("aws_api_gateway_stage.stage", "access_log_settings", []),
    "access logs go to nowhere",
  ],
  ["no group for execution logs", without("aws_cloudwatch_log_group.execution"), "is not made by this stack"],
  [
    "an account role that may not log",
    set("aws_iam_role_policy.account", "role", "echo"),
    "may not write the access logs",
  ],
  [
    "a limit of a method that is not there",
    set("aws_api_gateway_method_settings.echo", "method_path", "echo/GET"),
    "to limit",
  ],
  ["a stage without limit", without("aws_api_gateway_method_settings.all"), "no limit for all methods"],
  [
    "a deployment before a method",
    unordered("aws_api_gateway_deployment.deployment", "aws_api_gateway_method.get"),
    "does not wait",
  ],
  [
    "a deployment before a permission",
    unordered("aws_api_gateway_deployment.deployment", "aws_lambda_permission.echo"),
    "does not wait for aws_lambda_permission",
  ],
  [
    "a response before its integration",
    unordered("aws_api_gateway_integration_response.options", "aws_api_gateway_integration.options"),
    "does not wait",
  ],
  [
    "a stage before the account",
    unordered("aws_api_gateway_stage.stage", "aws_api_gateway_account.account"),
    "does not wait",
  ],
  [
    "an account before its policy",
    unordered("aws_api_gateway_account.account", "aws_iam_role_policy.account"),
    "does not wait",
  ],
  ["a function before its policy", unordered("aws_lambda_function.echo", "aws_iam_role_policy.echo"), "does not wait"],
  [
    "a function before its log group",
    unordered("aws_lambda_function.echo", "aws_cloudwatch_log_group.echo"),
    "does not wait",
  ],
])("rejects %s", (_, problems, expected) => {
  expect(problems).toContainEqual(expect.stringContaining(expected));
});

describe("an HTTP API", () => {
  const http = (fault: Parameters<typeof problemsWith>[0]) =>
    problemsWith((find, all) => {
      toHttpApi(all);
      fault(find, all);
    });

  test("finds no problem in a consistent API", () => {
    expect(http(() => undefined)).toEqual([]);
  });

  test.each<[string, string, string, unknown, string]>([
    ["a private route left open", "aws_apigatewayv2_route.get", "authorization_type", "NONE", "is public"],
    ["an authorizer that is not there", "aws_apigatewayv2_route.get", "authorizer_id", "x", "has no authorizer"],
    ["a route to nowhere", "aws_apigatewayv2_route.get", "target", "integrations/x", "has no integration"],
    ["an unknown function", "aws_apigatewayv2_integration.echo", "integration_uri", "x", "invokes no function"],
    ["another payload", "aws_apigatewayv2_integration.echo", "payload_format_version", "2.0", "no handler reads"],
    ["a route of another API", "aws_apigatewayv2_route.get", "api_id", "api2", "belongs to another API"],
    ["a stage that does not deploy", "aws_apigatewayv2_stage.stage", "auto_deploy", false, "does not deploy"],
    ["logs that go nowhere", "aws_apigatewayv2_stage.stage", "access_log_settings", [], "go to nowhere"],
    ["a stage without limit", "aws_apigatewayv2_stage.stage", "default_route_settings", [], "has no limit"],
    [
      "a limit of no route",
      "aws_apigatewayv2_route.get",
      "route_key",
      "GET /ech",
      "there is no route GET /echo to limit",
    ],
    [
      "a permission for another API",
      "aws_lambda_permission.echo",
      "source_arn",
      "arn:x/*/GET/echo",
      "missing permission",
    ],
  ])("rejects %s", (_, address, attribute, value, expected) => {
    const problems = http((find) => {
      find(address).attributes[attribute] = value;
    });
    expect(problems).toContainEqual(expect.stringContaining(expected));
  });

  test("rejects a route that is served before its permission exists", () => {
    const problems = http((find) => {
      find("aws_apigatewayv2_route.get").dependencies = [];
    });
    expect(problems).toEqual(["aws_apigatewayv2_route.get does not wait for aws_lambda_permission.echo"]);
  });
});

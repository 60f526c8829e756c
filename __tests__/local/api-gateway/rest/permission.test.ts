import { add, ref, restStack, serve } from "../rest-stack";

test.each([
  ["another path", { source_arn: `${ref("aws_api_gateway_rest_api.api.execution_arn")}/*/GET/elsewhere` }, 500],
  ["another method", { source_arn: `${ref("aws_api_gateway_rest_api.api.execution_arn")}/*/POST/echo` }, 500],
  ["another API", { source_arn: "arn:aws:execute-api:eu-west-1:000000000000:abcdefghij/*/GET/echo" }, 500],
  ["another stage", { source_arn: `${ref("aws_api_gateway_rest_api.api.execution_arn")}/v2/GET/echo` }, 500],
  ["another service", { principal: "events.amazonaws.com" }, 500],
  ["another action", { action: "lambda:GetFunction" }, 500],
  ["another account", { source_account: "111111111111" }, 500],
  ["an alias of the function", { qualifier: "live" }, 500],
  ["every route of the API", { source_arn: `${ref("aws_api_gateway_rest_api.api.execution_arn")}/*/*` }, 200],
  ["every source", { source_arn: null }, 200],
])("needs a permission that matches: one for %s", async (_, values, status) => {
  const json = restStack([{ method: "GET", path: "/echo", function: "echo" }]);
  Object.assign(json.resource["aws_lambda_permission"]?.["GET_echo"] ?? {}, values);
  const one = await serve(json);
  expect((await one.call("GET", "/v1/echo")).status).toBe(status);
});

test.each([
  ["with the alias's permission", { qualifier: "live" }, 200],
  ["without it", {}, 500],
  ["with another alias's", { qualifier: "next" }, 500],
])("invokes a function by its alias %s", async (_, permission, status) => {
  const json = restStack([{ method: "GET", path: "/echo", function: "echo" }]);
  add(json.resource, "aws_lambda_alias", "live", {
    name: "live",
    function_name: ref("aws_lambda_function.echo.arn"),
    function_version: ref("aws_lambda_function.echo.version"),
  });
  Object.assign(json.resource["aws_api_gateway_integration"]?.["GET_echo"] ?? {}, {
    uri: ref("aws_lambda_alias.live.invoke_arn"),
  });
  Object.assign(json.resource["aws_lambda_permission"]?.["GET_echo"] ?? {}, permission);
  expect((await (await serve(json)).call("GET", "/v1/echo")).status).toBe(status);
});

test("invokes the function that a variable of the stage names", async () => {
  const json = restStack([{ method: "GET", path: "/echo", function: "echo" }]);
  Object.assign(json.resource["aws_api_gateway_stage"]?.["stage"] ?? {}, { variables: { fn: "echo" } });
  const prefix = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000";
  Object.assign(json.resource["aws_api_gateway_integration"]?.["GET_echo"] ?? {}, {
    uri: `${prefix}:function:$\${stageVariables.fn}/invocations`,
  });
  expect((await (await serve(json)).call("GET", "/v1/echo")).json()["stageVariables"]).toEqual({ fn: "echo" });
});

import type { NodeFunction } from "../../../constructs/function/node-function";
import { addressIn, only, resources, type Synthesized, type Values } from "../../support/synth";
import { privateRoute, publicRoute, synthApi } from "../support";

/** Methods as `POST /open`, with the path put together from the tree of resources. */
function methods(json: Synthesized): Map<string, Values> {
  const pathOf = (resourceId: unknown): string => {
    const [type = "", name = ""] = addressIn(resourceId).split(".");
    if (type === "aws_api_gateway_rest_api") return "";
    const resource = json.resource[type]?.[name];
    return `${pathOf(resource?.parent_id)}/${resource?.path_part}`;
  };
  return new Map(
    resources(json, "aws_api_gateway_method").map((method) => [
      `${method.http_method} ${pathOf(method.resource_id) || "/"}`,
      method,
    ]),
  );
}

const method = (json: Synthesized, name: string): Values => methods(json).get(name) ?? {};

test("opens the public routes and OPTIONS, and nothing else", () => {
  const open = [...methods(synthApi())].filter(([, { authorization }]) => authorization === "NONE");
  expect(open.map(([name]) => name).sort()).toEqual(["OPTIONS /mine", "OPTIONS /open", "POST /open"]);
});

test("puts the user pool's authorizer before a private route", () => {
  const json = synthApi();
  const [name] = Object.keys(json.resource.aws_api_gateway_authorizer ?? {});
  expect(method(json, "GET /mine")).toMatchObject({
    authorization: "COGNITO_USER_POOLS",
    authorizer_id: `\${aws_api_gateway_authorizer.${name}.id}`,
  });
  expect(method(json, "GET /mine").authorization_scopes).toBeUndefined();
  expect(method(json, "POST /open").authorizer_id).toBeUndefined();
});

test("reads the token from Authorization, or from the header it is told", () => {
  const [pool] = Object.keys(synthApi().resource.aws_cognito_user_pool ?? {});
  expect(only(synthApi(), "aws_api_gateway_authorizer")).toMatchObject({
    type: "COGNITO_USER_POOLS",
    provider_arns: [`\${aws_cognito_user_pool.${pool}.arn}`],
    identity_source: "method.request.header.Authorization",
  });
  const other = only(synthApi({ tokenHeader: "token" }), "aws_api_gateway_authorizer");
  expect(other.identity_source).toBe("method.request.header.token");
});

test("asks for the route's scopes when access tokens are used", () => {
  const json = synthApi({ tokenUse: "access" });
  expect(method(json, "GET /mine").authorization_scopes).toEqual(["a.scope"]);
  expect(method(json, "POST /open").authorization_scopes).toBeUndefined();
});

test("makes one resource a segment, shared by the routes below it", () => {
  const routes = ["/user/login", "/user/login/challenge", "/user/{id}"].map((path) => ({ ...privateRoute, path }));
  const json = synthApi({ routes });
  const parts = resources(json, "aws_api_gateway_resource").map(({ path_part }) => path_part);
  expect(parts.sort()).toEqual(["challenge", "login", "user", "{id}"]);
  expect([...methods(json).keys()]).toContain("GET /user/login/challenge");
});

test("keeps segments named like its own parts apart from them", () => {
  const routes = ["/", "/resource", "/resource/GET", "/api/authorizer"].map((path) => ({ ...privateRoute, path }));
  const names = [...methods(synthApi({ routes })).keys()].filter((name) => name.startsWith("GET"));
  expect(names.sort()).toEqual(["GET /", "GET /api/authorizer", "GET /resource", "GET /resource/GET"]);
});

test("calls the function by proxy, and may do so for this method and path only", () => {
  const json = synthApi({ routes: [{ ...privateRoute, path: "/o/{id}/{rest+}" }] });
  const [fn] = Object.keys(json.resource.aws_lambda_function ?? {});
  const proxies = resources(json, "aws_api_gateway_integration").filter(({ type }) => type === "AWS_PROXY");
  expect(proxies).toMatchObject([{ integration_http_method: "POST", uri: `\${aws_lambda_function.${fn}.invoke_arn}` }]);
  const [api] = Object.keys(json.resource.aws_api_gateway_rest_api ?? {});
  expect(only(json, "aws_lambda_permission")).toEqual({
    action: "lambda:InvokeFunction",
    lifecycle: { create_before_destroy: true },
    function_name: `\${aws_lambda_function.${fn}.function_name}`,
    principal: "apigateway.amazonaws.com",
    source_arn: `\${aws_api_gateway_rest_api.${api}.execution_arn}/*/GET/o/*/*`,
  });
});

test("validates body and parameters of every method", () => {
  const json = synthApi({ routes: [privateRoute, { ...privateRoute, path: "/o/{id}" }] });
  const [validator] = Object.keys(json.resource.aws_api_gateway_request_validator ?? {});
  for (const { request_validator_id } of methods(json).values()) {
    expect(request_validator_id).toBe(`\${aws_api_gateway_request_validator.${validator}.id}`);
  }
  expect(only(json, "aws_api_gateway_request_validator")).toMatchObject({
    validate_request_body: true,
    validate_request_parameters: true,
  });
  expect(method(json, "GET /o/{id}").request_parameters).toEqual({ "method.request.path.id": true });
});

test("gives a private route no authorizer to do without: synth stops", () => {
  expect(() => synthApi({ userPool: "none" })).toThrow("GET /mine: a private route needs an authorizer");
  expect(() => synthApi({ userPool: "none", routes: [publicRoute] })).not.toThrow();
});

test("rejects a route to a function that nobody made", () => {
  expect(() => synthApi({ functions: new Map<string, NodeFunction>() })).toThrow(
    "POST /open: function must be one of those given, got echo",
  );
});

test.each([["https://a.example/"], ["*", "https://a.example"], ["null"], []])(
  "rejects the origins %j %j",
  (...origins) => {
    expect(() => synthApi({ corsOrigins: origins.filter(Boolean) as string[] })).toThrow(
      "corsOrigins must be exact origins",
    );
  },
);

import { ref, type Served, serve } from "../rest-stack";
import { httpStack } from "./http-stack";

/** An API with the stage and the route `$default`, whose integration of `echo` and `mirror` has payload 2.0. */
async function servePayload2(stage: string, sources?: Record<string, string>): Promise<Served> {
  const json = httpStack(
    [
      { key: "ANY /items/{id}", function: "echo" },
      { key: "$default", function: "mirror" },
    ],
    {},
    { name: stage, stage_variables: { color: "blue" } },
  );
  for (const integration of Object.values(json.resource.aws_apigatewayv2_integration ?? {})) {
    integration.payload_format_version = "2.0";
  }
  return serve(json, { now: () => Date.UTC(2020, 2, 12, 19, 3, 58), ...(sources && { sources }) });
}

let served: Served;
beforeAll(async () => {
  served = await servePayload2("$default");
});

const mirrored = (result: unknown) =>
  served.call("POST", "/mirror", { headers: { "Content-Type": "application/json" }, body: JSON.stringify(result) });

test("sends the event of payload 2.0", async () => {
  const reply = await served.call("POST", "/items/a%2Fb%20c?x=1&x=2&y=%26", {
    headers: { "X-Many": ["1", "2"], "User-Agent": "t", Cookie: "a=1; b=2", Host: "h", "Content-Type": "text/plain" },
    body: "hello",
  });
  const event = reply.json();
  expect(event).toEqual({
    version: "2.0",
    routeKey: "ANY /items/{id}",
    rawPath: "/items/a/b c",
    rawQueryString: "x=1&x=2&y=%26",
    cookies: ["a=1", "b=2"],
    headers: expect.any(Object),
    queryStringParameters: { x: "1,2", y: "&" },
    pathParameters: { id: "a/b c" },
    stageVariables: { color: "blue" },
    requestContext: {
      accountId: "000000000000",
      apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      domainName: expect.stringMatching(/^[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/),
      domainPrefix: expect.any(String),
      http: { method: "POST", path: "/items/a/b c", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "t" },
      requestId: reply.headers["apigw-requestid"],
      routeKey: "ANY /items/{id}",
      stage: "$default",
      time: "12/Mar/2020:19:03:58 +0000",
      timeEpoch: 1584039838000,
    },
    body: "hello",
    isBase64Encoded: false,
  });
  expect(event["headers"]).toMatchObject({ "x-many": "1,2", "content-length": "5", host: "h" });
  expect(event["headers"]).not.toHaveProperty("cookie");
});

test("leaves out what a request has not", async () => {
  const event = (await served.call("GET", "/items/1")).json();
  for (const key of ["body", "cookies", "queryStringParameters"]) expect(event).not.toHaveProperty(key);
  expect(event).toMatchObject({ rawQueryString: "", headers: { "content-length": "0" } });
});

test.each<[string, unknown, number, string, string]>([
  ["an object without a status", { a: 1 }, 200, '{"a":1}', "application/json"],
  ["a text", "hello", 200, "hello", "application/json"],
  ["a list", [1], 200, "[1]", "application/json"],
  ["a status", { statusCode: 201 }, 201, "", "text/plain; charset=utf-8"],
  ["a status and a body", { statusCode: 404, body: "x" }, 404, "x", "text/plain; charset=utf-8"],
  [
    "a content type and base64",
    { statusCode: 200, headers: { "content-type": "image/png" }, body: "aGk=", isBase64Encoded: true },
    200,
    "hi",
    "image/png",
  ],
  ["keys that the format has not", { statusCode: 200, more: 1 }, 200, "", "text/plain; charset=utf-8"],
  ["a status that is none", { statusCode: 0 }, 500, '{"message":"Internal Server Error"}', "application/json"],
  [
    "a body that is no text",
    { statusCode: 200, body: {} },
    500,
    '{"message":"Internal Server Error"}',
    "application/json",
  ],
])("reads %s from the function", async (_, result, status, body, type) => {
  const reply = await mirrored(result);
  expect([reply.status, reply.text, reply.headers["content-type"]]).toEqual([status, body, type]);
});

test("sends each cookie as a header", async () => {
  const reply = await mirrored({ statusCode: 200, cookies: ["a=1; Secure", "b=2"], headers: { "X-Own": true } });
  expect([reply.headers["set-cookie"], reply.headers["x-own"]]).toEqual([["a=1; Secure", "b=2"], "true"]);
});

test("puts a named stage before the path", async () => {
  const named = await servePayload2("v1");
  expect((await named.call("GET", "/v1/items/1")).json()).toMatchObject({
    rawPath: "/v1/items/1",
    requestContext: { stage: "v1", http: { path: "/v1/items/1" } },
  });
  expect((await named.call("GET", "/items/1")).status).toBe(404);
});

test("serves the route $default where no other route matches, and names it in the event", async () => {
  const other = await servePayload2("$default", {
    echo: "export const handler = async () => 1;",
    mirror: "export const handler = async (event) => event;",
  });
  expect((await other.call("DELETE", "/a/b?c")).json()).toMatchObject({
    routeKey: "$default",
    rawPath: "/a/b",
    requestContext: { routeKey: "$default", http: { method: "DELETE" } },
  });
  expect((await other.call("GET", "/items/1")).text).toBe("1");
});

test("serves an API that names its function as the target: one route, the stage $default, payload 2.0", async () => {
  const json = httpStack([{ key: "GET /x", function: "echo" }]);
  const { aws_apigatewayv2_api: apis = {} } = json.resource;
  Object.assign(apis.api ?? {}, { target: ref("aws_lambda_function.echo.arn") });
  for (const type of ["route", "stage", "integration"]) delete json.resource[`aws_apigatewayv2_${type}`];
  Object.assign(json.resource.aws_lambda_permission?.GET_x ?? {}, {
    source_arn: `${ref("aws_apigatewayv2_api.api.execution_arn")}/*/*`,
  });
  const quick = await serve(json);
  expect((await quick.call("PUT", "/a/b")).json()).toMatchObject({
    version: "2.0",
    routeKey: "$default",
    rawPath: "/a/b",
  });
});

import { type Served, serve } from "../rest-stack";
import { httpStack, jwt } from "./http-stack";

const ORIGIN = "https://a.example";
const cors = {
  allow_origins: [ORIGIN, "https://b.example"],
  allow_methods: ["GET", "POST"],
  allow_headers: ["Content-Type", "token"],
  expose_headers: ["Retry-After"],
  max_age: 600,
};
const json = httpStack(
  [
    { key: "GET /echo", function: "echo" },
    { key: "POST /echo", function: "echo" },
    { key: "GET /items/{id}", function: "echo" },
    { key: "ANY /any", function: "echo" },
    { key: "GET /slow", function: "echo" },
    { key: "POST /mirror", function: "mirror" },
    { key: "GET /private", function: "echo", values: jwt },
    { key: "GET /forbidden", function: "echo" },
  ],
  { cors_configuration: [cors] },
  {
    default_route_settings: { throttling_rate_limit: 100, throttling_burst_limit: 100 },
    route_settings: [{ route_key: "GET /slow", throttling_rate_limit: 1, throttling_burst_limit: 2 }],
    stage_variables: { color: "blue" },
  },
);
delete json.resource.aws_lambda_permission?.GET_forbidden;

const NOW = Date.UTC(2015, 3, 9, 12, 34, 56);
let now = NOW;
let served: Served;
beforeAll(async () => {
  served = await serve(json, { now: () => now });
});

const from = (origin: string) => ({ headers: { Origin: origin } });
const mirrored = (body: object, headers = {}) =>
  served.call("POST", "/v1/mirror", {
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

test("sends the event of payload 1.0, its path with the stage", async () => {
  const reply = await served.call("GET", "/v1/items/a%20b?x=1&x=2", { headers: { "User-Agent": "t" } });
  const event = reply.json();
  expect(event).toMatchObject({
    version: "1.0",
    resource: "/items/{id}",
    path: "/v1/items/a b",
    httpMethod: "GET",
    queryStringParameters: { x: "2" },
    multiValueQueryStringParameters: { x: ["1", "2"] },
    pathParameters: { id: "a b" },
    stageVariables: { color: "blue" },
    body: null,
    isBase64Encoded: false,
  });
  expect(event.requestContext).toMatchObject({
    accountId: "000000000000",
    httpMethod: "GET",
    path: "/v1/items/a b",
    resourceId: "GET /items/{id}",
    resourcePath: "/items/{id}",
    requestTime: "09/Apr/2015:12:34:56 +0000",
    stage: "v1",
  });
  expect(event.requestContext).toHaveProperty("identity.cognitoAmr", null);
  expect(event.requestContext).not.toHaveProperty("authorizer");
  expect(event.headers).toMatchObject({ "Content-Length": "0", "User-Agent": "t" });
  expect(event.requestContext).toHaveProperty("requestId", reply.headers["apigw-requestid"]);
  expect(reply.headers).not.toHaveProperty("x-amzn-requestid");
});

test.each([
  ["application/json", "{}", false],
  ["application/problem+json; charset=utf-8", "{}", false],
  ["text/plain", "a", false],
  ["application/x-www-form-urlencoded", "a=1", true],
  ["application/octet-stream", "a", true],
])("sends a body of %s as text or in base64, as its type says", async (type, body, isBase64Encoded) => {
  const event = (await served.call("POST", "/v1/echo", { headers: { "Content-Type": type }, body })).json();
  expect(event).toMatchObject({
    isBase64Encoded,
    body: isBase64Encoded ? Buffer.from(body).toString("base64") : body,
  });
});

test.each([
  ["an unknown path", "GET", "/v1/nothing"],
  ["another method", "PUT", "/v1/echo"],
  ["HEAD of a GET route", "HEAD", "/v1/echo"],
  ["a slash at the end", "GET", "/v1/echo/"],
  ["the stage alone", "GET", "/v1"],
  ["no such stage", "GET", "/v2/echo"],
])("responds with 404 to %s", async (_, method, path) => {
  const { status, text, headers } = await served.call(method, path);
  expect([status, text]).toEqual([404, method === "HEAD" ? "" : '{"message":"Not Found"}']);
  expect(headers["content-type"]).toBe("application/json");
  expect(headers["apigw-requestid"]).toMatch(/^.{15}=$/);
});

test("serves ANY for each method but OPTIONS, which the API serves itself", async () => {
  for (const method of ["GET", "PATCH", "DELETE"]) expect((await served.call(method, "/v1/any")).status).toBe(200);
  expect((await served.call("OPTIONS", "/v1/any")).status).toBe(204);
});

test.each([
  ["throws", "POST", "/v1/mirror", "no JSON"],
  ["returns a wrong shape", "POST", "/v1/mirror", '{"status":200}'],
  ["may not be invoked", "GET", "/v1/forbidden", undefined],
])("responds with 500 where the function %s, and logs why", async (_, method, path, body) => {
  const before = served.logs.length;
  const reply = await served.call(method, path, {
    headers: { Origin: ORIGIN, "Content-Type": "text/plain" },
    ...(body && { body }),
  });
  expect([reply.status, reply.text]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(reply.headers["access-control-allow-origin"]).toBe(ORIGIN);
  expect(served.logs.slice(before).join("\n")).toContain(`${method} ${path.slice(3)} 500: `);
});

test("responds with 503 when the function takes longer than the integration waits", async () => {
  const late = httpStack([{ key: "GET /late", function: "late" }]);
  Object.assign(late.resource.aws_apigatewayv2_integration?.late ?? {}, { timeout_milliseconds: 50 });
  const sources = { late: "export const handler = () => new Promise((resolve) => setTimeout(resolve, 2000, {}));" };
  const { call } = await serve(late, { sources });
  const { status, text } = await call("GET", "/v1/late");
  expect([status, text]).toEqual([503, '{"message":"Service Unavailable"}']);
});

test("decodes a base64 response without an Accept header, and keeps the function's own headers", async () => {
  const body = Buffer.from("ü").toString("base64");
  const reply = await mirrored({ statusCode: 201, headers: { "X-Own": "1" }, body, isBase64Encoded: true });
  expect([reply.status, reply.text, reply.headers["x-own"]]).toEqual([201, "ü", "1"]);
});

test("throttles a route by its own limit, and the others by the stage's", async () => {
  const slow = async () => (await served.call("GET", "/v1/slow", from(ORIGIN))).status;
  expect([await slow(), await slow(), await slow()]).toEqual([200, 200, 429]);
  const { text, headers } = await served.call("GET", "/v1/slow", from(ORIGIN));
  expect(text).toBe('{"message":"Too Many Requests"}');
  expect(headers["access-control-allow-origin"]).toBe(ORIGIN);
  expect((await served.call("GET", "/v1/echo")).status).toBe(200);
  now += 1000;
  expect(await slow()).toBe(200);
});

describe("CORS", () => {
  const asked = { "Access-Control-Request-Method": "GET" };

  test.each([ORIGIN, "https://b.example"])("allows the listed %s in a preflight", async (origin) => {
    const { status, text, headers } = await served.call("OPTIONS", "/v1/private", {
      headers: { Origin: origin, ...asked },
    });
    expect([status, text]).toEqual([204, ""]);
    expect(headers).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET,POST",
      "access-control-allow-headers": "Content-Type,token",
      "access-control-max-age": "600",
      vary: "Origin",
    });
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
  });

  test.each([
    "https://a.example.evil",
    "https://A.example",
    "http://a.example",
    "https://a.example:444",
    "https://a.example.",
    "null",
    "*",
  ])("tells %s nothing", async (origin) => {
    for (const [method, path] of [
      ["OPTIONS", "/v1/echo"],
      ["GET", "/v1/echo"],
      ["GET", "/v1/private"],
    ] as const) {
      const { headers } = await served.call(method, path, { headers: { Origin: origin, ...asked } });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
      expect(headers.vary).toBe("Origin");
    }
  });

  test.each([
    ["401", "GET", "/v1/private"],
    ["404", "GET", "/v1/nothing"],
  ])("lets a page of a listed origin read the API's own %s", async (status, method, path) => {
    const reply = await served.call(method, path, from(ORIGIN));
    expect(String(reply.status)).toBe(status);
    expect(reply.headers).toMatchObject({
      "access-control-allow-origin": ORIGIN,
      "access-control-expose-headers": "Retry-After",
    });
  });

  test("replaces the function's CORS headers, and does not say Vary twice", async () => {
    const headers = { "Access-Control-Allow-Origin": "https://evil.example", Vary: "Origin" };
    const reply = await mirrored({ statusCode: 200, headers }, { Origin: ORIGIN });
    expect(reply.headers["access-control-allow-origin"]).toBe(ORIGIN);
    expect(reply.headers.vary).toBe("Origin");
    expect((await mirrored({ statusCode: 200, headers })).headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("allows every origin where the list is *", async () => {
    const open = httpStack([{ key: "GET /echo", function: "echo" }], { cors_configuration: { allow_origins: ["*"] } });
    const { headers } = await (await serve(open)).call("GET", "/v1/echo", from("https://any.example"));
    expect(headers["access-control-allow-origin"]).toBe("*");
    expect(headers).not.toHaveProperty("vary");
  });

  test("is the function's to do where the API has no configuration", async () => {
    const bare = await serve(httpStack([{ key: "POST /mirror", function: "mirror" }]));
    const body = JSON.stringify({ headers: { "Access-Control-Allow-Origin": "x" } });
    const reply = await bare.call("POST", "/v1/mirror", { headers: { "Content-Type": "text/plain" }, body });
    expect(reply.headers["access-control-allow-origin"]).toBe("x");
    expect((await bare.call("OPTIONS", "/v1/mirror")).status).toBe(404);
  });
});

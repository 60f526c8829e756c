import { request } from "node:http";
import { restStack, type Served, serve } from "../rest-stack";

let served: Served;
beforeAll(async () => {
  served = await serve(
    restStack([
      { method: "ANY", path: "/echo", function: "echo" },
      { method: "GET", path: "/items/{id}", function: "echo" },
      { method: "GET", path: "/items/new", function: "echo" },
      { method: "ANY", path: "/files/{proxy+}", function: "echo" },
      { method: "GET", path: "/", function: "echo" },
    ]),
    { now: () => Date.UTC(2015, 3, 9, 12, 34, 56, 789) },
  );
});

const eventOf = async (...sent: Parameters<Served["call"]>) => (await served.call(...sent)).json();

test("has the keys of payload 1.0, with null for every empty map and for no body", async () => {
  const event = await eventOf("GET", "/v1/echo");
  expect(Object.keys(event).sort()).toEqual(
    [
      "resource path httpMethod headers multiValueHeaders queryStringParameters multiValueQueryStringParameters",
      "pathParameters stageVariables requestContext body isBase64Encoded",
    ]
      .join(" ")
      .split(" ")
      .sort(),
  );
  expect(event).toMatchObject({
    resource: "/echo",
    path: "/echo",
    httpMethod: "GET",
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
  });
});

test("has the request context that AWS documents", async () => {
  const { requestContext } = await eventOf("GET", "/v1/echo", { headers: { "user-agent": "test" } });
  const apiId = (requestContext as { apiId: string }).apiId;
  expect(apiId).toMatch(/^[a-z0-9]{10}$/);
  expect(requestContext).toEqual({
    accountId: "000000000000",
    apiId,
    deploymentId: expect.stringMatching(/^[a-z0-9]{6}$/),
    domainName: `${apiId}.execute-api.eu-west-1.amazonaws.com`,
    domainPrefix: apiId,
    extendedRequestId: expect.any(String),
    httpMethod: "GET",
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: "127.0.0.1",
      user: null,
      userAgent: "test",
      userArn: null,
    },
    path: "/v1/echo",
    protocol: "HTTP/1.1",
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    requestTime: "09/Apr/2015:12:34:56 +0000",
    requestTimeEpoch: 1428582896789,
    resourceId: expect.any(String),
    resourcePath: "/echo",
    stage: "v1",
  });
});

test("takes the last of several query values, decoded, and keeps all of them beside it", async () => {
  const event = await eventOf("GET", "/v1/echo?a=1&a=2&b=%26x&__proto__=p");
  expect(event["queryStringParameters"]).toEqual(JSON.parse('{"a":"2","b":"&x","__proto__":"p"}'));
  expect(event["multiValueQueryStringParameters"]).toEqual(JSON.parse('{"a":["1","2"],"b":["&x"],"__proto__":["p"]}'));
});

test("keeps header names as the client wrote them and every value of a repeated one", async () => {
  const { headers, multiValueHeaders } = await eventOf("GET", "/v1/echo", { headers: { "X-MiXed": ["1", "2"] } });
  expect(headers).toMatchObject({ "X-MiXed": "2", "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1" });
  expect(multiValueHeaders).toMatchObject({ "X-MiXed": ["1", "2"] });
});

test.each(["Connection", "Content-MD5", "Expect", "TE", "Max-Forwards"])("does not pass on %s", async (name) => {
  const { headers } = await eventOf("GET", "/v1/echo", {
    headers: { [name]: name === "Expect" ? "100-continue" : "1" },
  });
  expect(Object.keys(headers as object).map((key) => key.toLowerCase())).not.toContain(name.toLowerCase());
});

test("passes the body on as text", async () => {
  const event = await eventOf("POST", "/v1/echo", { body: "žluť" });
  expect([event["body"], event["isBase64Encoded"]]).toEqual(["žluť", false]);
});

// Recorded against AWS by LocalStack's tests: path parameters are not decoded.
test("keeps path parameters as they were sent", async () => {
  const event = await eventOf("GET", "/v1/items/test%2Balias@example.com");
  expect(event["pathParameters"]).toEqual({ id: "test%2Balias@example.com" });
  expect(event["resource"]).toBe("/items/{id}");
});

test("ignores a trailing slash in matching and keeps it in the path", async () => {
  expect(await eventOf("GET", "/v1/echo/")).toMatchObject({ resource: "/echo", path: "/echo/" });
});

test.each([
  ["/v1/items/new", "/items/new", null],
  ["/v1/items/other", "/items/{id}", { id: "other" }],
  ["/v1/files/a/b.txt", "/files/{proxy+}", { proxy: "a/b.txt" }],
  ["/v1", "/", null],
  ["/v1/", "/", null],
  ["/v1//echo", "/echo", null],
  ["/v1/files/a/", "/files/{proxy+}", { proxy: "a" }],
])("routes %s to %s", async (path, resource, pathParameters) => {
  expect(await eventOf("GET", path)).toMatchObject({ resource, pathParameters });
});

test("lets a client choose the request id but not the extended one", async () => {
  const { requestContext } = await eventOf("GET", "/v1/echo", {
    headers: { "x-amzn-RequestId": "mine", "x-amz-apigw-id": "mine" },
  });
  expect(requestContext).toMatchObject({ requestId: "mine" });
  expect(requestContext).not.toMatchObject({ extendedRequestId: "mine" });
});

test.each([
  ["HEAD", "/v1/items/new"],
  ["POST", "/v1/items/new"],
  ["GET", "/v1/nothing"],
  ["GET", "/v1/files"],
  ["GET", "/v1/ECHO"],
])("responds with 403 to %s %s, which is not declared", async (method, path) => {
  const reply = await served.call(method, path);
  expect(reply.status).toBe(403);
  expect(reply.headers["x-amzn-errortype"]).toBe("MissingAuthenticationTokenException");
  if (method !== "HEAD") expect(reply.json()).toEqual({ message: "Missing Authentication Token" });
});

test("responds with 403 Forbidden to a stage that does not exist", async () => {
  const reply = await served.call("GET", "/v2/echo");
  expect([reply.status, reply.text, reply.headers["x-amzn-errortype"]]).toEqual([
    403,
    '{"message":"Forbidden"}',
    "ForbiddenException",
  ]);
});

test("rejects a body over 10 MB before the API sees it", async () => {
  const reply = await served.call("POST", "/v1/echo", { body: Buffer.alloc(10_485_761, "a") });
  expect([reply.status, reply.text]).toEqual([413, "HTTP content length exceeded 10485760 bytes."]);
  expect(reply.headers["x-amzn-requestid"]).toBeUndefined();
});

test("rejects an event that is larger than a function takes", async () => {
  const reply = await served.call("POST", "/v1/echo", { body: Buffer.alloc(6_300_000, "a") });
  expect([reply.status, reply.json()]).toEqual([413, { message: "Request Too Long" }]);
});

test("survives a client that goes away in the middle of its body", async () => {
  await new Promise<void>((resolve) => {
    const req = request({
      host: "127.0.0.1",
      port: served.port,
      method: "POST",
      path: "/v1/echo",
      headers: { "content-length": "10" },
    });
    req.on("error", () => resolve());
    req.write("12345", () => req.destroy(new Error("gone")));
  });
  expect((await served.call("GET", "/v1/echo")).status).toBe(200);
});

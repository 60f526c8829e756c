import { type Reply, restStack, type Served, serve } from "../rest-stack";

let served: Served;
beforeAll(async () => {
  served = await serve(
    restStack([
      { method: "POST", path: "/mirror", function: "mirror" },
      { method: "GET", path: "/throws", function: "throws" },
      { method: "GET", path: "/missing", function: "missing" },
      { method: "GET", path: "/huge", function: "huge" },
    ]),
    {
      sources: {
        mirror: "export const handler = async (event) => JSON.parse(event.body);",
        throws: 'export const handler = async () => { throw new Error("secret detail"); };',
        missing: "export const handler = async () => {};",
        huge: 'export const handler = async () => ({ body: "x".repeat(6_300_000) });',
      },
    },
  );
});

const respondWith = (response: unknown): Promise<Reply> =>
  served.call("POST", "/v1/mirror", { body: JSON.stringify(response) });

// Recorded against AWS by LocalStack's tests of Lambda proxy integrations.
test.each([
  ["an unknown top-level key", { statusCode: 200, error: "no" }],
  ["a string", "hello"],
  ["null", null],
  ["a list", [{ statusCode: 200 }]],
  ["a multiValueHeaders value that is no list", { multiValueHeaders: { a: "b" } }],
  ["a statusCode that is no number", { statusCode: "ok" }],
  ["a statusCode outside HTTP", { statusCode: 42 }],
  ["a body that is an object", { body: { a: 1 } }],
  ["headers that are a list", { headers: ["a"] }],
  ["a header that is an object", { headers: { a: { b: 1 } } }],
  ["a header name that HTTP does not know", { headers: { "a b": "c" } }],
  ["a header value with a line break", { headers: { a: "b\r\nSet-Cookie: c" } }],
])("responds with 502 to %s", async (_, response) => {
  const reply = await respondWith(response);
  expect(reply.status).toBe(502);
  expect(reply.json()).toEqual({ message: "Internal server error" });
  expect(reply.headers["x-amzn-errortype"]).toBe("InternalServerErrorException");
  expect(reply.headers["set-cookie"]).toBeUndefined();
});

test.each([
  ["a statusCode in text", { statusCode: "201" }, 201],
  ["no statusCode", {}, 200],
  ["headers that are null", { headers: null, statusCode: 202 }, 202],
])("accepts %s", async (_, response, status) => {
  expect((await respondWith(response)).status).toBe(status);
});

test("writes a boolean header as text and defaults the content type to JSON", async () => {
  const { headers } = await respondWith({ headers: { "x-flag": true } });
  expect(headers["x-flag"]).toBe("true");
  expect(headers["content-type"]).toBe("application/json");
});

test("keeps the function's own content type", async () => {
  const { headers } = await respondWith({ headers: { "content-type": "text/plain" } });
  expect(headers["content-type"]).toBe("text/plain");
});

test("merges headers and multiValueHeaders, a repeated value once", async () => {
  const { headers } = await respondWith({
    headers: { a: "1", "set-cookie": "x" },
    multiValueHeaders: { a: ["1", "2"], "Set-Cookie": ["x", "y"] },
  });
  expect(headers["a"]).toBe("1, 2");
  expect(headers["set-cookie"]).toEqual(["x", "y"]);
});

test("leaves base64 as it is while the API has no binary media types", async () => {
  expect((await respondWith({ body: "aGk=", isBase64Encoded: true })).text).toBe("aGk=");
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
test.each(
  "Authorization Connection Content-Length Content-MD5 Date Expect Host Max-Forwards Proxy-Authenticate Server Trailer Upgrade User-Agent WWW-Authenticate".split(
    " ",
  ),
)("sends a function's %s under x-amzn-Remapped-", async (name) => {
  const { headers } = await respondWith({ headers: { [name]: "77" }, body: "hello" });
  expect(headers[`x-amzn-remapped-${name.toLowerCase()}`]).toBe("77");
  expect(headers[name.toLowerCase()]).not.toBe("77");
});

test.each(["TE", "Pragma", "Age", "Content-Encoding"])("sends a function's %s as it is", async (name) => {
  expect((await respondWith({ headers: { [name]: "77" } })).headers[name.toLowerCase()]).toBe("77");
});

const TRACE = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/;

test("carries a trace id, with the parts that the request sent", async () => {
  const trace = async (sent?: string) => {
    const headers: Record<string, string> = sent === undefined ? {} : { "X-Amzn-Trace-Id": sent };
    return (await served.call("POST", "/v1/mirror", { headers, body: "{}" })).headers["x-amzn-trace-id"];
  };
  expect(await trace()).toMatch(TRACE);
  expect(await trace("Root=1-00000000-000000000000000000000001")).toMatch(
    /^Root=1-00000000-000000000000000000000001;Parent=[0-9a-f]{16};Sampled=0$/,
  );
  expect(await trace("Parent=0000000000000002")).toMatch(/^Root=1-[0-9a-f-]{33};Parent=0000000000000002;Sampled=1$/);
  const whole = "Root=1-00000000-000000000000000000000001;Parent=0000000000000002;Sampled=1;Lineage=1:a:0";
  expect(await trace(whole)).toBe(whole);
  expect((await served.call("GET", "/v1/nothing")).headers).not.toHaveProperty("x-amzn-trace-id");
});

test.each(["Transfer-Encoding", "Keep-Alive", "Via"])("drops a function's %s", async (name) => {
  const { headers } = await respondWith({ headers: { [name]: "77" } });
  expect(headers[name.toLowerCase()]).not.toBe("77");
  expect(headers[`x-amzn-remapped-${name.toLowerCase()}`]).toBeUndefined();
});

test("carries its request ids on every response and no error type on a success", async () => {
  const { headers } = await respondWith({});
  expect(headers["x-amzn-requestid"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers["x-amz-apigw-id"]).toMatch(/^.{15}=$/);
  expect(headers["x-amzn-errortype"]).toBeUndefined();
});

test.each([
  ["threw", "/v1/throws"],
  ["returned nothing", "/v1/missing"],
  ["returned more than 6 MB", "/v1/huge"],
])("responds with 502 without a detail when the function %s, and logs the cause", async (_, path) => {
  const before = served.logs.length;
  const reply = await served.call("GET", path);
  expect([reply.status, reply.text]).toEqual([502, '{"message":"Internal server error"}']);
  expect(served.logs.slice(before).join("\n")).toContain("502: ");
});

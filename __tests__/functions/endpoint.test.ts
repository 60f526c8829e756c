/** What every handler has in common: rules for the body, the envelope, messages about missing fields. */
import * as v from "valibot";
import { endpoint } from "../../functions/shared/http/endpoint";
import { loginBody } from "../../functions/shared/schemas";
import {
  bodies,
  captureLog,
  event,
  failed,
  internalError,
  invoke,
  invokeHandler,
  succeeded,
  useEnvironment,
} from "./support/handlers";

useEnvironment();

test("names the first missing field in the schema's order", async () => {
  expect((await invoke("sign-up", { email: "ada@example.com" })).body).toEqual(
    failed("Please provide username to sign up"),
  );
  expect((await invoke("login", undefined)).body).toEqual(failed("Please provide username to log in"));
  expect((await invoke("login", { more: 1 })).body).toEqual(failed("Please provide username to log in"));
});

test.each([
  [{ username: "" }, "username must not be empty"],
  [{ username: "a da" }, "username must not hold blanks"],
  [{ password: " x" }, "password must not begin or end with a blank"],
  [{ password: "x\t" }, "password must not begin or end with a blank"],
  [{ username: "x".repeat(129) }, "username must be at most 128 characters long"],
  [{ password: "x".repeat(257) }, "password must be at most 256 characters long"],
])("rejects values outside their bounds: %#", async (wrong, message) => {
  expect(await invoke("login", { ...bodies.login, ...wrong })).toMatchObject({ status: 400, body: failed(message) });
});

const echoBody = endpoint({ body: v.strictObject({ a: v.string() }), purpose: "to test" }, ({ body }) => body.a);
const send = (body: unknown, more: object = {}) => invokeHandler(echoBody, event(undefined, { body, ...more }));
const base64 = (bytes: string | number[]) => Buffer.from(bytes as string).toString("base64");
const encoded = { isBase64Encoded: true };

test("accepts a body of 16 kB, and rejects a longer one before reading it", async () => {
  const json = (bytes: number) => `{"a":"${"x".repeat(bytes - 8)}"}`;
  expect((await send(json(16384))).status).toBe(200);
  expect(await send(json(16385))).toMatchObject({ status: 413, body: failed("The body must be at most 16 kB") });
  expect((await send(base64(json(16384)), encoded)).status).toBe(200);
  expect((await send(base64(json(16385)), encoded)).status).toBe(413);
  expect((await send("ä".repeat(8193))).status).toBe(413);
});

test.each([
  ["application/json", 200],
  ["APPLICATION/JSON; charset=UTF-8", 200],
  ['application/json;charset="utf-8"', 200],
  ["application/json; charset=latin1", 415],
  ["application/x-www-form-urlencoded", 415],
  ["text/plain", 415],
  ["application/jsonp", 415],
  ["", 415],
])("responds to the content type %p with %i", async (type, status) => {
  expect((await send('{"a":"b"}', { headers: { "CONTENT-type": type } })).status).toBe(status);
});

test("reads a body without content type as JSON, as API Gateway does", async () => {
  expect((await send('{"a":"b"}', { headers: null })).status).toBe(200);
});

test.each([
  ["{", "valid JSON"],
  ["\ufeff{}", "valid JSON"],
  ["[]", "a JSON object"],
  ["null", "a JSON object"],
  ['"text"', "a JSON object"],
  [12, "text"],
  [{ a: "b" }, "text"],
  ['{"a":"b","a":"c"}', "not hold a key twice"],
  ['{"a":"b","\\u0061" :"c"}', "not hold a key twice"],
  ['{"a":{"b":1,"b":2}}', "not hold a key twice"],
  ['{"a":[{"b":1,"b":2}]}', "not hold a key twice"],
  ['{"a":"b","c":{},"a":"d"}', "not hold a key twice"],
  ['{"__proto__":{"a":"b"}}', "not hold keys of a prototype"],
  ['{"a":{"constructor":{"prototype":1}}}', "not hold keys of a prototype"],
  ['{"a":[{"prototype":1}]}', "not hold keys of a prototype"],
  ['{"a":"\\ud800"}', "valid Unicode"],
  ['{"\\udc00":"a"}', "valid Unicode"],
  ['{"a":"\ud83d"}', "valid Unicode"],
])("rejects the body %p: it must be, or must, %s", async (body, rule) => {
  const { status, body: envelope } = await send(body);
  expect(status).toBe(400);
  expect(envelope).toMatchObject({ message: expect.stringContaining(rule) });
});

test("rejects a body that is nested too deep, however deep", async () => {
  const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const tooDeep = failed("The body must not be nested so deep");
  expect((await send(nested(3))).body).toEqual(failed("a must be a string"));
  expect((await send(nested(4))).body).toEqual(tooDeep);
  expect((await send(nested(8000))).body).toEqual(tooDeep);
});

test("does not mistake text in strings for keys or braces", async () => {
  const a = '{"a":"b"},"a":"\\';
  expect((await send(JSON.stringify({ a }))).body).toEqual(succeeded(a));
  expect((await send('{"b":{"a":1},"a":"b"}')).body).toEqual(failed("The body must hold only a"));
});

test("decodes a body that API Gateway has encoded, and only then", async () => {
  expect((await send(base64('{"a":"ä 😀"}'), encoded)).body).toEqual(succeeded("ä 😀"));
  expect((await send(base64('{"a":"b"}'))).body).toEqual(failed("The body must be valid JSON"));
  expect((await send('{"a":"b"}', encoded)).body).toEqual(failed("The body must be valid base64"));
  const invalid = [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d];
  expect((await send(base64(invalid), encoded)).body).toEqual(failed("The body must be valid UTF-8"));
});

test.each([undefined, null, ""])("reads the body %p as no fields at all", async (body) => {
  expect((await send(body)).body).toEqual(failed("Please provide a to test"));
});

test("a body that no schema describes is not read", async () => {
  const handler = endpoint({}, () => "data");
  for (const body of [null, "{", "\ud800", 12]) {
    expect((await invokeHandler(handler, event(undefined, { body }))).body).toEqual(succeeded("data"));
  }
});

test("responds to any unexpected error with one text, and logs its name, message and stack", async () => {
  const log = captureLog();
  const bug = endpoint({ body: loginBody, purpose: "to log in" }, ({ body }) => {
    throw new RangeError(`cannot use ${body.password}`);
  });
  expect(await invokeHandler(bug, event(bodies.login))).toMatchObject({ status: 500, body: internalError });
  expect(log).toEqual([
    {
      message: "request failed",
      status: 500,
      requestId: "lambda-request",
      gatewayRequestId: "gateway-request",
      extendedRequestId: "extended-request",
      error: "RangeError",
      reason: "cannot use ***",
      stack: expect.arrayContaining([expect.stringContaining("endpoint.test.ts")]),
    },
  ]);
});

test("responds when a handler throws something that is no Error", async () => {
  const log = captureLog();
  const bug = endpoint({}, () => Promise.reject("canary"));
  expect((await bug({}, undefined)).body).toContain("Internal error, request id unknown");
  expect(log).toEqual([expect.objectContaining({ error: "string", requestId: "unknown" })]);
});

test("truncates ids that a client can choose", async () => {
  const log = captureLog();
  const bug = endpoint({}, () => Promise.reject(new Error()));
  await bug({ requestContext: { requestId: "\n".repeat(1000) } });
  expect(log).toEqual([expect.objectContaining({ gatewayRequestId: "\n".repeat(128) })]);
});

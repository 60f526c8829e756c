/** What every handler has in common: the body's rules, the envelope, and what is said when something is missing. */
import * as v from "valibot";
import { endpoint } from "../../functions/shared/http/endpoint";
import { loginBody, noBody } from "../../functions/shared/schemas";
import { fakeCognito } from "./support/fake-cognito";
import {
  ask,
  askWith,
  bodies,
  captureLog,
  event,
  handlerNames,
  internalError,
  refused,
  succeeded,
  useEnvironment,
} from "./support/handlers";

useEnvironment();

const purposes = {
  "sign-up": "to sign up",
  "confirm-sign-up": "to confirm the sign-up",
  "resend-code": "to get a new code",
  login: "to log in",
  "respond-to-challenge": "to answer the challenge",
  "renew-refresh-token": "to renew tokens",
  "forgot-password": "to reset the password",
  "confirm-forgot-password": "to set a new password",
  logout: "to log out",
  "test-user": "to read a user",
} as const;

const fields = Object.entries(purposes).flatMap(([name, purpose]) =>
  Object.keys(Object.entries(bodies).find(([other]) => other === name)?.[1] ?? {}).map((field) => [
    name,
    field,
    purpose,
  ]),
) as [keyof typeof purposes, string, string][];

test.each(fields)("%s asks for a missing %s %s, null being missing too", async (name, field, purpose) => {
  const calls = fakeCognito();
  for (const missing of [undefined, null]) {
    const { status, body } = await ask(name, { ...bodies[name], [field]: missing });
    expect([status, body]).toEqual([400, refused(`Please provide ${field} ${purpose}`)]);
  }
  expect(calls).toEqual([]);
});

test.each(fields)("%s refuses a %s that is no string, or no object, and never repeats it", async (name, field) => {
  const kind =
    field === "responses" ? "an object" : field === "challenge_name" ? "one of NEW_PASSWORD_REQUIRED" : "a string";
  for (const wrong of [4711, true, [], ["4711"], field === "responses" ? "4711" : { 4711: 1 }]) {
    if (field === "responses" && Array.isArray(wrong)) continue;
    const { status, body } = await ask(name, { ...bodies[name], [field]: wrong });
    expect(status).toBe(400);
    expect(body).toMatchObject({ message: expect.stringMatching(`^${field} must be ${kind}`) });
    expect(JSON.stringify(body)).not.toContain("4711");
  }
});

test("names the first missing field in the schema's order", async () => {
  expect((await ask("sign-up", { email: "ada@example.com" })).body).toEqual(
    refused("Please provide username to sign up"),
  );
  expect((await ask("login", undefined)).body).toEqual(refused("Please provide username to log in"));
  expect((await ask("login", { more: 1 })).body).toEqual(refused("Please provide username to log in"));
});

test.each([
  [{ username: "" }, "username must not be empty"],
  [{ username: "x".repeat(129) }, "username must be at most 128 characters long"],
  [{ password: "x".repeat(257) }, "password must be at most 256 characters long"],
])("refuses values outside their bounds: %#", async (wrong, message) => {
  expect(await ask("login", { ...bodies.login, ...wrong })).toMatchObject({ status: 400, body: refused(message) });
});

const echoBody = endpoint({ body: v.strictObject({ a: v.string() }), purpose: "to test" }, ({ a }) => a);
const send = (body: unknown, more: object = {}) => askWith(echoBody, event(undefined, { body, ...more }));
const base64 = (bytes: string | number[]) => Buffer.from(bytes as string).toString("base64");
const encoded = { isBase64Encoded: true };

test("takes a body of 16 kB, and refuses a longer one before reading it", async () => {
  const json = (bytes: number) => `{"a":"${"x".repeat(bytes - 8)}"}`;
  expect((await send(json(16384))).status).toBe(200);
  expect(await send(json(16385))).toMatchObject({ status: 413, body: refused("The body must be at most 16 kB") });
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
])("answers the content type %p with %i", async (type, status) => {
  expect((await send('{"a":"b"}', { headers: { "CONTENT-type": type } })).status).toBe(status);
});

test("takes a missing content type for JSON, as API Gateway does", async () => {
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
])("refuses the body %p: it must be, or must, %s", async (body, rule) => {
  const { status, body: answer } = await send(body);
  expect(status).toBe(400);
  expect(answer).toMatchObject({ message: expect.stringContaining(rule) });
});

test("refuses what is nested too deep, however deep", async () => {
  const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const tooDeep = refused("The body must not be nested so deep");
  expect((await send(nested(3))).body).toEqual(refused("a must be a string"));
  expect((await send(nested(4))).body).toEqual(tooDeep);
  expect((await send(nested(8000))).body).toEqual(tooDeep);
});

test("does not mistake text for keys or braces", async () => {
  const a = '{"a":"b"},"a":"\\';
  expect((await send(JSON.stringify({ a }))).body).toEqual(succeeded(a));
  expect((await send('{"b":{"a":1},"a":"b"}')).body).toEqual(refused("The body must hold only a"));
});

test("decodes a body that API Gateway has encoded, and only then", async () => {
  expect((await send(base64('{"a":"ä 😀"}'), encoded)).body).toEqual(succeeded("ä 😀"));
  expect((await send(base64('{"a":"b"}'))).body).toEqual(refused("The body must be valid JSON"));
  expect((await send('{"a":"b"}', encoded)).body).toEqual(refused("The body must be valid base64"));
  const invalid = [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d];
  expect((await send(base64(invalid), encoded)).body).toEqual(refused("The body must be valid UTF-8"));
});

test.each([undefined, null, ""])("reads the body %p as no fields at all", async (body) => {
  expect((await send(body)).body).toEqual(refused("Please provide a to test"));
});

test("a body where none is expected may be empty and nothing else", async () => {
  const handler = endpoint({ body: noBody, purpose: "to test" }, () => "data");
  expect((await askWith(handler, event(undefined))).body).toEqual(succeeded("data"));
  expect((await askWith(handler, event({ a: 1 }))).body).toEqual(refused("The body must hold only no fields"));
});

test("answers anything unexpected with one text, and logs its kind and place but not its message", async () => {
  const log = captureLog();
  const bug = endpoint({ body: loginBody, purpose: "to log in" }, ({ password }) => {
    throw new RangeError(`cannot use ${password}`);
  });
  expect(await askWith(bug, event(bodies.login))).toMatchObject({ status: 500, body: internalError });
  expect(log).toEqual([
    {
      message: "request failed",
      status: 500,
      requestId: "lambda-request",
      gatewayRequestId: "gateway-request",
      extendedRequestId: "extended-request",
      error: "RangeError",
      stack: expect.arrayContaining([expect.stringContaining("endpoint.test.ts")]),
    },
  ]);
  expect(JSON.stringify(log)).not.toContain(bodies.login.password);
});

test("answers a thrown value that is no error, too", async () => {
  const log = captureLog();
  const bug = endpoint({ body: noBody, purpose: "to test" }, () => Promise.reject("canary"));
  expect((await bug({}, undefined)).body).toContain("Internal error, request id unknown");
  expect(log).toEqual([expect.objectContaining({ error: "string", requestId: "unknown" })]);
});

test("cuts ids that a client has chosen", async () => {
  const log = captureLog();
  const bug = endpoint({ body: noBody, purpose: "to test" }, () => Promise.reject(new Error()));
  await bug({ requestContext: { requestId: "\n".repeat(1000) } });
  expect(log).toEqual([expect.objectContaining({ gatewayRequestId: "\n".repeat(128) })]);
});

const needed = handlerNames.flatMap((name) => {
  const variables = name === "echo" ? ["CLIENT_ID"] : ["USER_POOL_ID", "CLIENT_ID"];
  const aws = name === "echo" ? [] : ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  const rotation = name === "renew-refresh-token" ? ["REFRESH_TOKEN_ROTATION"] : [];
  return ["CORS_ORIGINS", ...variables, ...aws, ...rotation].map((variable) => [name, variable] as const);
});

test.each(needed)("%s without %s answers 500 and logs which variable is missing", async (name, variable) => {
  const log = captureLog();
  fakeCognito();
  process.env[variable] = "";
  expect(await ask(name, bodies[name])).toMatchObject({ status: 500, body: internalError });
  expect(log).toEqual([expect.objectContaining({ error: "ConfigurationError", variable })]);
});

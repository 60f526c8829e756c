/** What a handler can respond with besides `200` and its data. */
import * as v from "valibot";
import { cookie, readCookies } from "../../functions/shared/http/cookie";
import { endpoint } from "../../functions/shared/http/endpoint";
import { created, HttpResponse, noContent, ok, raw, redirect } from "../../functions/shared/http/response";
import { captureLog, event, succeeded, useEnvironment } from "./support/handlers";

useEnvironment();

const respond = (result: unknown, more: object = {}) => endpoint({}, () => result)(event(undefined, more));
const common = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Access-Control-Allow-Origin": "https://app.example",
  "Access-Control-Expose-Headers": "Retry-After",
};
const json = { "Content-Type": "application/json" };
const request = { path: "/notes", requestContext: { path: "/v1/notes" } };

test("ok is data in the envelope, as data alone is", async () => {
  expect(await respond(ok({ a: 1 }))).toEqual(await respond({ a: 1 }));
  expect(await respond({ a: 1 })).toEqual({
    statusCode: 200,
    headers: { ...common, ...json },
    body: JSON.stringify(succeeded({ a: 1 })),
  });
  expect((await respond(undefined)).body).toBe(JSON.stringify(succeeded(null)));
});

test.each([
  ["a b", "/v1/notes/a%20b"],
  ["/v1/other/1", "/v1/other/1"],
  ["https://example.com/1", "https://example.com/1"],
])("created says where %s is: %s", async (location, sent) => {
  expect(await respond(created({ id: 1 }, location), request)).toEqual({
    statusCode: 201,
    headers: { ...common, ...json, Location: sent },
    body: JSON.stringify(succeeded({ id: 1 })),
  });
});

test("created is below the path of the request, with or without a slash at its end", async () => {
  const { headers } = await respond(created({}, "1"), { requestContext: { path: "/v1/notes/" } });
  expect(headers?.Location).toBe("/v1/notes/1");
  expect((await respond(created({}, "1"), { path: "/notes" })).headers?.Location).toBe("/notes/1");
});

test("noContent has no body and no type", async () => {
  expect(await respond(noContent())).toEqual({ statusCode: 204, headers: common, body: "" });
});

test("redirect goes where it says, as it says", async () => {
  const headers = { ...common, Location: "https://example.com/" };
  expect(await respond(redirect("https://example.com/"))).toEqual({ statusCode: 302, headers, body: "" });
  expect(await respond(redirect("https://example.com/", 308))).toMatchObject({ statusCode: 308 });
  expect(await respond(redirect("elsewhere"))).toMatchObject({ headers: { Location: "elsewhere" } });
});

test("raw sends text as it is, and bytes in base64", async () => {
  const csv = { ...common, "Content-Type": "text/csv; charset=utf-8" };
  expect(await respond(raw("a,b\n", "text/csv; charset=utf-8"))).toEqual({
    statusCode: 200,
    headers: csv,
    body: "a,b\n",
  });
  expect(await respond(raw(new Uint8Array([0, 255]), "image/png"))).toEqual({
    statusCode: 200,
    headers: { ...common, "Content-Type": "image/png" },
    body: "AP8=",
    isBase64Encoded: true,
  });
});

test("any other status is possible", async () => {
  const accepted = new HttpResponse(202, { data: "later" });
  expect(await respond(accepted)).toMatchObject({ statusCode: 202, body: JSON.stringify(succeeded("later")) });
});

test("own headers replace the defaults whatever their case, but not those of CORS", async () => {
  process.env.CORS_ORIGINS = "https://app.example,https://b.example";
  const headers = { "cache-control": "max-age=60", ETag: '"1"', vary: "Accept", "access-control-allow-origin": "*" };
  expect((await respond(ok("data", { headers }))).headers).toEqual({
    "X-Content-Type-Options": "nosniff",
    ...json,
    "cache-control": "max-age=60",
    ETag: '"1"',
    "Access-Control-Allow-Origin": "https://app.example",
    "Access-Control-Expose-Headers": "Retry-After",
    Vary: "Accept, Origin",
  });
});

test("cookies are sent one by one", async () => {
  const cookies = [cookie("a", "1"), cookie("b", "2")];
  expect(await respond(noContent({ cookies }))).toMatchObject({ multiValueHeaders: { "Set-Cookie": cookies } });
});

test.each([
  ok("data", { headers: { "X-A": "a\r\nX-B: b" } }),
  ok("data", { headers: { "X-A\n": "a" } }),
  ok("data", { headers: { "X-A": "ü" } }),
  ok("data", { cookies: ["a=b\r\nX-B: b"] }),
  redirect("https://example.com/\r\nSet-Cookie: a=b"),
  ok(1n),
])("a response that cannot be sent is a 500 (%#)", async (result) => {
  const log = captureLog();
  expect(await respond(result)).toMatchObject({ statusCode: 500, headers: common });
  expect(log).toHaveLength(1);
});

test("a cookie is safe unless it says otherwise", () => {
  expect(cookie("session", "a;b c")).toBe("session=a%3Bb%20c; Path=/; Secure; HttpOnly; SameSite=Strict");
  expect(
    cookie("s", "", { path: "/v1", domain: "example.com", maxAgeSeconds: 0, httpOnly: false, sameSite: "None" }),
  ).toBe("s=; Path=/v1; Domain=example.com; Max-Age=0; Secure; SameSite=None");
});

test.each([
  ["a b", {}],
  ["", {}],
  ["a=", {}],
  ["a", { path: "/;Domain=evil.example" }],
  ["a", { domain: "example.com; HttpOnly" }],
])("fails for a cookie called %p with %j", (name, options) => {
  expect(() => cookie(name, "value", options)).toThrow(/^a cookie's /);
});

test("reads the cookies of a request", () => {
  const all = readCookies('a=1; b=x%3By ; a=2; =none; c=%; d="q"');
  expect(Object.fromEntries(all)).toEqual({ a: "1", b: "x;y", c: "%", d: '"q"' });
  expect(readCookies(undefined).size).toBe(0);
});

describe("returns", () => {
  const returns = v.strictObject({ id: v.number(), at: v.pipe(v.string(), v.isoTimestamp()) });
  const at = new Date(0).toISOString();
  const send = (result: unknown) => endpoint({ returns }, () => result as never)(event(undefined));

  test("lets pass what its schema describes, as the client receives it", async () => {
    expect(await send({ id: 1, at: new Date(0) })).toMatchObject({ statusCode: 200 });
    expect(await send(created({ id: 1, at }, "1"))).toMatchObject({ statusCode: 201 });
    expect(await send(noContent())).toMatchObject({ statusCode: 204 });
  });

  test.each<[unknown, string]>([
    [{ id: 1, at, password: "canary" }, "returns: The data must hold only id, at"],
    [{ id: "1", at }, "returns: id must be a number"],
    [{ id: 1 }, "returns: Please provide at"],
    [null, "returns: The data must be an object"],
  ])("rejects %j: %s", async (result, reason) => {
    const log = captureLog();
    expect(await send(result)).toMatchObject({ statusCode: 500 });
    expect(log).toEqual([expect.objectContaining({ error: "ReturnedError", reason })]);
  });

  test("is checked on Lambda only where CHECK_RETURNS says so", async () => {
    captureLog();
    process.env.AWS_LAMBDA_FUNCTION_NAME = "f";
    expect(await send({})).toMatchObject({ statusCode: 200 });
    process.env.CHECK_RETURNS = "true";
    expect(await send({})).toMatchObject({ statusCode: 500 });
  });
});

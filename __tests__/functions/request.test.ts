/** What a handler reads of a request: path, query, claims, body limits; and what it says of each mistake. */
import * as v from "valibot";
import { type EndpointProps, endpoint, type Request } from "../../functions/shared/http/endpoint";
import { bodyBytes } from "../../functions/shared/http/event";
import { claims, event, failed, invokeHandler, succeeded, useEnvironment } from "./support/handlers";

useEnvironment();

const read = <const P extends EndpointProps>(props: P, part: (request: Request<P>) => unknown) => {
  const handler = endpoint(props, (request) => part(request) as never);
  return async (more: object, body?: unknown) => (await invokeHandler(handler, event(body, more))).body;
};
const query = (values: Record<string, string[]>) => ({ multiValueQueryStringParameters: values });

describe("a query", () => {
  const schema = v.object({
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 20),
    done: v.optional(v.boolean()),
    tags: v.optional(v.array(v.string())),
    since: v.optional(v.date()),
    sort: v.optional(v.picklist(["asc", "desc"])),
    level: v.nullish(v.picklist([1, 2])),
    page: v.optional(v.union([v.number(), v.literal("last")])),
    ids: v.optional(v.array(v.number())),
    either: v.optional(v.union([v.string(), v.array(v.string())])),
    text: v.optional(v.string()),
  });
  const send = read({ query: schema }, (request) => request.query);

  test.each<[Record<string, string[]>, object]>([
    [{}, { limit: 20 }],
    [{ limit: ["5"] }, { limit: 5 }],
    [{ limit: [""] }, { limit: 20 }],
    [
      { done: ["true"], sort: ["desc"], level: ["2"] },
      { limit: 20, done: true, sort: "desc", level: 2 },
    ],
    [{ done: ["false"] }, { limit: 20, done: false }],
    [{ tags: ["a"] }, { limit: 20, tags: ["a"] }],
    [{ tags: ["a", "b"] }, { limit: 20, tags: ["a", "b"] }],
    [{ ids: ["1", "2"] }, { limit: 20, ids: [1, 2] }],
    [{ since: ["2026-01-31T10:00:00Z"] }, { limit: 20, since: "2026-01-31T10:00:00.000Z" }],
    [{ page: ["3"] }, { limit: 20, page: 3 }],
    [{ page: ["last"] }, { limit: 20, page: "last" }],
    [{ either: ["a"] }, { limit: 20, either: "a" }],
    [{ either: ["a", "b"] }, { limit: 20, either: ["a", "b"] }],
    [{ text: ["007"] }, { limit: 20, text: "007" }],
    [{ other: ["a", "b"] }, { limit: 20 }],
  ])("of %j becomes what its schema says", async (values, data) => {
    expect(await send(query(values))).toEqual(succeeded(data));
  });

  test.each<[Record<string, string[]>, string]>([
    [{ limit: ["0"] }, "limit must be at least 1"],
    [{ limit: ["101"] }, "limit must be at most 100"],
    [{ limit: ["1.5"] }, "limit must be a whole number"],
    [{ limit: ["0x10"] }, "limit must be a number"],
    [{ limit: ["many"] }, "limit must be a number"],
    [{ limit: ["1", "2"] }, "Please provide limit only once"],
    [{ done: ["yes"] }, "done must be true or false"],
    [{ sort: ["up"] }, "sort must be one of asc, desc"],
    [{ level: ["3"] }, "level must be one of 1, 2"],
    [{ ids: ["1", "x"] }, "ids[1] must be a number"],
    [{ since: ["yesterday"] }, "since must be a date such as 2026-01-31"],
    [JSON.parse('{"__proto__":["a"]}'), "The query must not hold keys of a prototype"],
  ])("of %j is rejected: %s", async (values, message) => {
    expect(await send(query(values))).toEqual(failed(message));
  });

  test("is read from its single values where an event has no others", async () => {
    expect(await send({ queryStringParameters: { limit: "7" } })).toEqual(succeeded({ limit: 7 }));
  });

  test("must have what its schema requires, and a strict one nothing else", async () => {
    const strict = read(
      { query: v.strictObject({ q: v.string() }), purpose: "to search" },
      (request) => request.query.q,
    );
    expect(await strict(query({}))).toEqual(failed("Please provide q to search"));
    expect(await strict(query({ q: [""] }))).toEqual(failed("Please provide q to search"));
    expect(await strict(query({ q: ["a"], p: ["b"] }))).toEqual(failed("The query must hold only q"));
  });
});

describe("path parameters", () => {
  const send = read(
    { pathParameters: v.object({ id: v.pipe(v.number(), v.integer()), name: v.string() }) },
    (request) => request.pathParameters,
  );
  const http = { version: "1.0" };

  test("are decoded once: by the handler on a REST API, by the gateway on an HTTP API", async () => {
    const pathParameters = { id: "12", name: "a%2Fb%2541" };
    expect(await send({ pathParameters })).toEqual(succeeded({ id: 12, name: "a/b%41" }));
    expect(await send({ pathParameters, ...http })).toEqual(succeeded({ id: 12, name: "a%2Fb%2541" }));
  });

  test.each([
    [{ id: "x", name: "a" }, "id must be a number"],
    [{ id: "1.5", name: "a" }, "id must be a whole number"],
    [{ id: "1", name: "%ff" }, "name must be percent-encoded UTF-8"],
    [null, "Please provide id"],
  ])("%j are rejected: %s", async (pathParameters, message) => {
    expect(await send({ pathParameters })).toEqual(failed(message));
  });
});

describe("claims", () => {
  const authorized = (more: object) => ({ requestContext: { authorizer: { claims: { ...claims, ...more } } } });

  test("are those that the authorizer verified, and 401 where there are none", async () => {
    const send = read({}, (request) => request.claims.sub);
    expect(await send({})).toEqual(succeeded(claims.sub));
    expect(await send({ requestContext: {} })).toEqual(failed("Unauthorized"));
  });

  test("are typed by their schema, and 403 where the token lacks what it asks for", async () => {
    const tenant = v.object({ "custom:tenant": v.string() });
    const send = read({ claims: tenant }, (request) => request.claims["custom:tenant"]);
    expect(await send(authorized({ "custom:tenant": "acme" }))).toEqual(succeeded("acme"));
    expect(await send({})).toEqual(failed("Forbidden"));
    expect(await send({ requestContext: {} })).toEqual(failed("Unauthorized"));
    const unread = read({ claims: tenant }, () => "data");
    expect(await unread({})).toEqual(failed("Forbidden"));
  });
});

test.each(["admin,users", "[admin users]"])("claims become what their schema says: groups %s", async (groups) => {
  const schema = v.object({
    "cognito:groups": v.optional(v.array(v.string()), []),
    email_verified: v.literal(true),
    "custom:level": v.number(),
    sub: v.string(),
  });
  const send = read({ claims: schema }, (request) => request.claims);
  const of = (more: object) => ({ requestContext: { authorizer: { claims: { ...claims, ...more } } } });
  const all = { "cognito:groups": groups, email_verified: "true", "custom:level": "3" };
  expect(await send(of(all))).toEqual(
    succeeded({ "cognito:groups": ["admin", "users"], email_verified: true, "custom:level": 3, sub: claims.sub }),
  );
  expect(await send(of({ ...all, email_verified: "false" }))).toEqual(failed("Forbidden"));
});

describe("groups of the route", () => {
  const send = (groups: unknown) =>
    read({}, () => "data")({ requestContext: { authorizer: { claims: { ...claims, "cognito:groups": groups } } } });

  test.each(["admin", "users,staff", "[staff users]"])("let a member of %s pass", async (groups) => {
    process.env.ALLOWED_GROUPS = "admin,staff";
    expect(await send(groups)).toEqual(succeeded("data"));
  });

  test.each([undefined, "", "users", "[users]", "admins", "staff2"])("keep a member of %p out", async (groups) => {
    process.env.ALLOWED_GROUPS = "admin,staff";
    expect(await send(groups)).toEqual(failed("Only members of the group admin or staff may do this"));
  });

  test("keep a request without a token out", async () => {
    process.env.ALLOWED_GROUPS = "admin";
    expect(await read({}, () => "data")({ requestContext: {} })).toEqual(failed("Unauthorized"));
  });
});

test("a body without a schema can be read byte by byte, as it was sent", async () => {
  const send = read({}, (request) => [...bodyBytes(request.event)]);
  expect(await send({ body: "é\n" })).toEqual(succeeded([195, 169, 10]));
  expect(await send({ body: "AP8=", isBase64Encoded: true })).toEqual(succeeded([0, 255]));
  expect(await send({ body: null })).toEqual(succeeded([]));
});

test("limits of a body are the endpoint's", async () => {
  const body = v.object({ a: v.unknown() });
  const send = read({ body, maxBodyBytes: 20_480, maxBodyDepth: 6 }, () => "data");
  expect(await send({}, { a: "x".repeat(20_000) })).toEqual(succeeded("data"));
  expect(await send({}, { a: "x".repeat(21_000) })).toEqual(failed("The body must be at most 20 kB"));
  expect(await send({}, { a: [[[[[]]]]] })).toEqual(succeeded("data"));
  expect(await send({}, { a: [[[[[[]]]]]] })).toEqual(failed("The body must not be nested so deep"));
});

test.each([
  [{ maxBodyBytes: 0 }, "maxBodyBytes must be a whole number from 1 to 6291456, got 0"],
  [{ maxBodyBytes: 7_000_000 }, "maxBodyBytes must be a whole number from 1 to 6291456, got 7000000"],
  [{ maxBodyDepth: 1.5 }, "maxBodyDepth must be a whole number from 1 to 1000, got 1.5"],
])("fails for a limit out of its bounds: %j", (limits, message) => {
  expect(() => endpoint(limits, () => "data")).toThrow(message);
});

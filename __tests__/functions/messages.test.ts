/** What the caller is told about a field: its name and its rule, never its value. */
import * as v from "valibot";
import { endpoint } from "../../functions/shared/http/endpoint";
import { event, failed, invokeHandler, useEnvironment } from "./support/handlers";

useEnvironment();

const send = async (schema: v.GenericSchema, a: unknown) =>
  (
    await invokeHandler(
      endpoint({ body: v.object({ a: schema }) }, () => "data"),
      event({ a }),
    )
  ).body;

const street = v.object({ street: v.string(), no: v.optional(v.number()) });
const shape = v.variant("type", [
  v.object({ type: v.literal("circle"), r: v.number() }),
  v.strictObject({ type: v.literal("square"), side: v.number() }),
]);

test.each<[v.GenericSchema, unknown, string]>([
  [v.string(), 1, "a must be a string"],
  [v.pipe(v.string(), v.minLength(1)), "", "a must not be empty"],
  [v.pipe(v.string(), v.nonEmpty()), "", "a must not be empty"],
  [v.pipe(v.string(), v.minLength(2)), "x", "a must be at least 2 characters long"],
  [v.pipe(v.string(), v.maxLength(1)), "xx", "a must be at most 1 character long"],
  [v.pipe(v.string(), v.length(3)), "x", "a must be exactly 3 characters long"],
  [v.pipe(v.string(), v.email()), "x", "a must be an email address"],
  [v.pipe(v.string(), v.uuid()), "x", "a must be a UUID"],
  [v.pipe(v.string(), v.url()), "x", "a must be a URL"],
  [v.pipe(v.string(), v.isoDate()), "x", "a must be a date such as 2026-01-31"],
  [v.pipe(v.string(), v.isoTimestamp()), "x", "a must be a time such as 2026-01-31T09:30:00Z"],
  [v.pipe(v.string(), v.regex(/^[a-z]+$/)), "1", "a must match /^[a-z]+$/"],
  [v.pipe(v.string(), v.startsWith("sk_")), "x", "a must start with sk_"],
  [v.pipe(v.string(), v.ip()), "x", "a must have the form that is expected"],
  [v.number(), "1", "a must be a number"],
  [v.pipe(v.number(), v.minValue(1)), 0, "a must be at least 1"],
  [v.pipe(v.number(), v.maxValue(1)), 2, "a must be at most 1"],
  [v.pipe(v.number(), v.gtValue(0)), 0, "a must be greater than 0"],
  [v.pipe(v.number(), v.ltValue(0)), 0, "a must be less than 0"],
  [v.pipe(v.number(), v.integer()), 1.5, "a must be a whole number"],
  [v.pipe(v.number(), v.multipleOf(5)), 1, "a must be a multiple of 5"],
  [v.boolean(), "true", "a must be true or false"],
  [v.literal("x"), "y", 'a must be "x"'],
  [v.literal(1), 2, "a must be 1"],
  [v.picklist(["x", "y"]), "z", "a must be one of x, y"],
  [v.picklist([1, 2]), 3, "a must be one of 1, 2"],
  [v.null(), 1, "a must be null"],
  [v.nullable(v.string()), 1, "a must be a string"],
  [v.optional(v.number()), "1", "a must be a number"],
  [v.union([v.string(), v.number()]), true, "a must be a string or a number"],
  [v.union([v.number(), v.literal("all")]), "none", 'a must be a number or "all"'],
  [v.array(v.string()), "x", "a must be an array"],
  [v.array(v.string()), ["x", 1], "a[1] must be a string"],
  [v.pipe(v.array(v.string()), v.minLength(1)), [], "a must not be empty"],
  [v.pipe(v.array(v.string()), v.minLength(2)), ["x"], "a must hold at least 2 items"],
  [v.pipe(v.array(v.string()), v.maxLength(1)), ["x", "y"], "a must hold at most 1 item"],
  [v.tuple([v.string(), v.number()]), ["x", "y"], "a[1] must be a number"],
  [street, 1, "a must be an object"],
  [street, {}, "Please provide a.street"],
  [street, { street: null }, "Please provide a.street"],
  [street, { street: "x", no: "1" }, "a.no must be a number"],
  [v.strictObject({ x: v.number() }), { x: 1, y: 2 }, "a must hold only x"],
  [v.array(street), [{ street: "x" }, {}], "Please provide a[1].street"],
  [v.record(v.string(), v.number()), { canary: "1" }, "every value in a must be a number"],
  [v.record(v.string(), v.array(v.number())), { canary: ["1"] }, "every value in a must be a number"],
  [
    v.record(v.pipe(v.string(), v.maxLength(2)), v.number()),
    { canary: 1 },
    "every value in a must be at most 2 characters long",
  ],
  [shape, {}, "Please provide a.type"],
  [shape, { type: "line" }, "a.type must be one of circle, square"],
  [shape, { type: "circle" }, "Please provide a.r"],
  [shape, { type: "square", side: "1" }, "a.side must be a number"],
  [v.intersect([v.object({ x: v.number() }), v.object({ y: v.number() })]), { x: 1 }, "Please provide a.y"],
  [v.lazy(() => v.number()), "1", "a must be a number"],
  [
    v.pipe(
      v.string(),
      v.check((text) => text === "x", "must be x"),
    ),
    "y",
    "a must be x",
  ],
  [v.pipe(v.string(), v.email("Please use an address of your company")), "y", "Please use an address of your company"],
  [v.pipe(v.string(), v.transform(Number), v.number(), v.maxValue(3)), "4", "a must be at most 3"],
])("%# says what is wrong", async (schema, value, message) => {
  expect(await send(schema, value)).toEqual(failed(message));
});

test("a rule about the whole body names it", async () => {
  const range = v.pipe(
    v.object({ from: v.number(), to: v.number() }),
    v.check(({ from, to }) => from <= to, "must begin before it ends"),
  );
  const { body } = await invokeHandler(
    endpoint({ body: range }, () => "data"),
    event({ from: 2, to: 1 }),
  );
  expect(body).toEqual(failed("The body must begin before it ends"));
});

test("a rule that belongs to a field of the body names that", async () => {
  const passwords = v.pipe(
    v.object({ one: v.string(), two: v.string() }),
    v.forward(
      v.partialCheck([["one"], ["two"]], ({ one, two }) => one === two, "must be equal to one"),
      ["two"],
    ),
  );
  const { body } = await invokeHandler(
    endpoint({ body: passwords }, () => "data"),
    event({ one: "x", two: "y" }),
  );
  expect(body).toEqual(failed("two must be equal to one"));
});

test("a body of variants names the fields of the variant", async () => {
  const handler = endpoint({ body: shape, purpose: "to draw" }, ({ body }) => body.type);
  const bodies = [{}, { type: "circle" }, { type: "square", side: 1, more: 1 }];
  expect(await Promise.all(bodies.map(async (sent) => (await invokeHandler(handler, event(sent))).body))).toEqual([
    failed("Please provide type to draw"),
    failed("Please provide r to draw"),
    failed("The body must hold only type, r, side"),
  ]);
});

test("a PATCH of optional fields takes none of them, and rejects a wrong one", async () => {
  const body = v.strictObject({ name: v.exactOptional(v.string()), age: v.exactOptional(v.nullable(v.number())) });
  const handler = endpoint({ body }, (request) => request.body);
  const data = async (sent: unknown) => (await invokeHandler(handler, event(sent))).body;
  expect(await data({})).toMatchObject({ data: {} });
  expect(await data(undefined)).toMatchObject({ data: {} });
  expect(await data({ age: null })).toMatchObject({ data: { age: null } });
  expect(await data({ name: null })).toEqual(failed("name must be a string"));
  expect(await data({ other: 1 })).toEqual(failed("The body must hold only name, age"));
});

test("a body may be an array, whose items have no name but their place", async () => {
  const body = v.pipe(v.array(v.object({ n: v.number() })), v.minLength(1));
  const handler = endpoint({ body, purpose: "to count" }, (request) => request.body.length);
  const send = async (sent: unknown) => (await invokeHandler(handler, event(sent))).body;
  expect(await send([{ n: 1 }, { n: 2 }])).toMatchObject({ data: 2 });
  expect(await send([{ n: 1 }, {}])).toEqual(failed("Please provide [1].n to count"));
  expect(await send([1])).toEqual(failed("[0] must be an object"));
  expect(await send(undefined)).toEqual(failed("The body must not be empty"));
  expect(await send({ n: 1 })).toEqual(failed("The body must be a JSON array"));
  const object = endpoint({ body: v.object({ n: v.optional(v.number()) }) }, () => "data");
  expect((await invokeHandler(object, event([]))).body).toEqual(failed("The body must be a JSON object"));
});

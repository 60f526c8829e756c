import Ajv from "ajv-draft-04";
import fc from "fast-check";
import * as v from "valibot";
import { checkRoutes } from "../../../constructs/api/check-routes";
import { requestModel } from "../../../constructs/api/request-model";
import { routes } from "../../../routes";
import { inputOf } from "../../support/arbitrary";
import { forms } from "./schema-forms";

const model = (schema: v.GenericSchema) => JSON.parse(requestModel(schema)) as Record<string, unknown>;
const field = (schema: v.GenericSchema) => (model(v.object({ a: schema })).properties as { a: unknown }).a;
const draft04 = new Ajv({ strict: false, allErrors: false });

describe.each(Object.entries(forms))("the model of a field that is %s", (_, schema) => {
  const body = v.object({ a: schema });
  const accepts = draft04.compile(JSON.parse(requestModel(body)));

  test("takes everything that the handler takes", () => {
    let taken = 0;
    const a = fc.oneof({ arbitrary: inputOf(schema), weight: 4 }, fc.jsonValue({ maxDepth: 2 }), {
      arbitrary: edgeCases,
      weight: 2,
    });
    fc.assert(
      fc.property(fc.oneof(fc.record({ a }), fc.record({}, { noNullPrototype: true })), (input) => {
        const sent: unknown = JSON.parse(JSON.stringify(input));
        if (!v.safeParse(body, sent).success) return;
        taken++;
        expect([accepts(sent), accepts.errors]).toEqual([true, null]);
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(taken).toBeGreaterThan(5);
  });
});

/** Values at the edges of what two judges understand alike. */
const edgeCases = fc.constantFrom<unknown>(
  [],
  {},
  "",
  " a ",
  "😀😀",
  "😀😀😀😀",
  "é",
  "a\u00a0b",
  0,
  -0,
  1.5,
  1e300,
  7,
  12,
  "7",
  "12",
  9007199254740992,
  null,
  [[]],
  { x: 1 },
);

test.each<[string, v.GenericSchema, object]>([
  ["optional", v.optional(v.string(), "default"), { type: "string" }],
  ["nullable", v.nullable(v.string()), { anyOf: [{ type: "string" }, { type: "null" }] }],
  ["whole", v.pipe(v.number(), v.integer()), { type: "number", multipleOf: 1 }],
  ["bounded", v.pipe(v.number(), v.minValue(1), v.maxValue(9)), { type: "number", minimum: 1, maximum: 9 }],
  [
    "exclusive",
    v.pipe(v.number(), v.gtValue(0), v.ltValue(9)),
    { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true },
  ],
  ["both", v.pipe(v.number(), v.gtValue(0), v.minValue(1)), { type: "number", minimum: 1 }],
  ["long", v.pipe(v.string(), v.minLength(5), v.maxLength(9)), { type: "string", minLength: 3, maxLength: 9 }],
  ["trimmed", v.pipe(v.string(), v.maxLength(9), v.trim(), v.maxLength(3)), { type: "string", maxLength: 9 }],
  ["literal", v.literal("a"), { enum: ["a"] }],
  ["list", v.pipe(v.array(v.string()), v.nonEmpty()), { type: "array", items: { type: "string" }, minItems: 1 }],
  ["portable regex", v.pipe(v.string(), v.regex(/^(a|b)\d{2,}$/)), { type: "string", pattern: "^(a|b)\\d{2,}$" }],
  ["email", v.pipe(v.string(), v.email()), { type: "string" }],
  ["fallback", v.pipe(v.fallback(v.string(), "a"), v.maxLength(1)), {}],
  ["anything in a union", v.union([v.string(), v.unknown()]), {}],
])("says of a field that is %s what draft-04 can say", (_, schema, expected) => {
  expect(field(schema)).toEqual(expected);
});

test.each([
  /a/i,
  /^\s+$/,
  /a.b/,
  /\bword/,
  /[^a]/,
  /a(?=b)/,
  /a(?!b)/,
  /(?<name>a)\k<name>/,
  /(a)\1/,
  /a+?/,
  /é/,
  /[[a]]/,
  /[a&&b]/,
  /\p{L}/u,
  /\u0041/,
])("leaves %s to the handler: not every engine reads it alike", (regex) => {
  expect(field(v.pipe(v.string(), v.regex(regex)))).toEqual({ type: "string" });
});

test("says shape, types and bounds in draft-04, and leaves what is missing to the handler", () => {
  expect(
    model(v.strictObject({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(8)), age: v.optional(v.number()) })),
  ).toEqual({
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    properties: { name: { type: "string", minLength: 1, maxLength: 8 }, age: { type: "number" } },
    additionalProperties: false,
  });
});

test("rejects a nested object and a value of a record that the handler rejects", () => {
  const accepts = draft04.compile(
    model(v.object({ o: v.strictObject({ a: v.string() }), r: v.record(v.string(), v.number()) })),
  );
  expect(accepts({ o: { a: "b" }, r: { x: 1 } })).toBe(true);
  expect(accepts({ o: { a: "b", c: 1 } })).toBe(false);
  expect(accepts({ r: { x: "1" } })).toBe(false);
  expect(accepts([])).toBe(false);
});

test("a body that is an array has a model of arrays", () => {
  expect(model(v.array(v.string()))).toMatchObject({ type: "array", items: { type: "string" } });
});

test("can be made for every body of the route table, and none of them requires a field", () => {
  for (const { body } of routes) {
    if (body) expect(requestModel(body)).not.toMatch(/"required"|"propertyNames"|draft-07/);
  }
});

test.each([v.objectAsync({}), { type: "object" }, "schema"])("fails for %p, and names the route", (body) => {
  const route = { method: "POST", path: "/a", function: "f", body: body as v.GenericSchema } as const;
  expect(() => checkRoutes([route], { authorizer: true, tokenUse: "id" })).toThrow(
    "POST /a: body must be a schema of valibot without async rules",
  );
});

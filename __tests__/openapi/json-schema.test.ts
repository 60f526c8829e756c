import Ajv2020 from "ajv/dist/2020";
import fc from "fast-check";
import * as v from "valibot";
import type { Version } from "../../openapi/json";
import { jsonSchema } from "../../openapi/json-schema";
import { forms } from "../constructs/api/schema-forms";
import { inputOf } from "../support/arbitrary";

const refTo = (name: string) => `#/$defs/${name}`;
/** valibot counts UTF-16 units. */
const ajv = new Ajv2020({ strict: false, validateFormats: false, unicode: false, logger: false });

function validator(schema: v.GenericSchema) {
  const { schema: converted, definitions } = jsonSchema(schema, "3.1", refTo);
  return ajv.compile({ ...converted, $defs: definitions });
}

test.each(Object.entries(forms))("takes what the parser takes: %s", (_, form) => {
  const schema = v.object({ field: form });
  const takes = validator(schema);
  fc.assert(
    fc.property(inputOf(schema), (input) => {
      const json: unknown = JSON.parse(JSON.stringify(input));
      if (v.safeParse(schema, json).success) expect([json, takes(json), takes.errors]).toEqual([json, true, null]);
    }),
    { numRuns: 60, seed: 1 },
  );
});

const free = ["unknown", "fallback", "fallback with a rule", "object with optional fields only"];

test.each(Object.entries(forms).filter(([name]) => !free.includes(name)))("rejects other types: %s", (_, form) => {
  const takes = validator(v.object({ field: form }));
  const wrong = [true, 7, "text", [[]], { other: [] }, null].filter(
    (field) => !v.safeParse(v.object({ field: form }), { field }).success,
  );
  expect(wrong.some((field) => !takes({ field }))).toBe(true);
});

const convert = (schema: v.GenericSchema, version: Version = "3.1") => jsonSchema(schema, version, refTo).schema;

test.each<[string, v.GenericSchema, object, object]>([
  [
    "exclusive bounds",
    v.pipe(v.number(), v.gtValue(0), v.ltValue(10)),
    { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 10 },
    { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: true },
  ],
  [
    "null",
    v.nullable(v.string()),
    { anyOf: [{ type: "string" }, { type: "null" }] },
    { type: "string", nullable: true },
  ],
  ["one value", v.literal("a"), { const: "a" }, { enum: ["a"] }],
  [
    "examples",
    v.pipe(v.string(), v.examples(["ada"])),
    { type: "string", examples: ["ada"] },
    { type: "string", example: "ada" },
  ],
])("writes %s in the form of each version", (_, schema, latest, older) => {
  expect(convert(schema)).toEqual(latest);
  expect(convert(schema, "3.0")).toEqual(older);
});

test.each<[string, v.GenericSchema, object]>([
  ["a date of a query", v.date(), { type: "string" }],
  ["a whole number of any size", v.bigint(), { type: "integer" }],
  ["a pattern without case", v.pipe(v.string(), v.regex(/^a$/i)), { type: "string" }],
  ["a time without seconds", v.pipe(v.string(), v.isoTime()), { type: "string", pattern: "^\\d{2}:\\d{2}$" }],
  [
    "a field that may be undefined",
    v.object({ a: v.undefinedable(v.string()) }),
    { type: "object", properties: { a: { type: "string" } } },
  ],
  ["a field with a fallback", v.object({ a: v.fallback(v.string(), "") }), { type: "object", properties: { a: {} } }],
])("describes %s", (_, schema, expected) => {
  expect(convert(schema)).toEqual(expected);
});

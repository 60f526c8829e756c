/** An example of a request's body. */
import { type GenericSchema, safeParse } from "valibot";
import type { Json } from "./json";
import { jsonSchema } from "./json-schema";

/** @returns a value that the schema takes: required fields, and those with `v.examples`; undefined if none is found */
export function exampleOf(schema: GenericSchema): unknown {
  const converted = jsonSchema(schema, "3.1", (name) => name);
  const example = sample(converted.schema, converted.definitions);
  return safeParse(schema, example).success ? example : undefined;
}

type Definitions = Readonly<Record<string, Json>>;

function sample(schema: Json, definitions: Definitions, depth = 6): unknown {
  const { examples, type, anyOf, allOf, prefixItems } = schema as { readonly [key: string]: readonly unknown[] };
  if (examples) return examples[0];
  for (const key of ["default", "const"]) if (key in schema) return schema[key];
  if (schema.enum) return (schema.enum as readonly unknown[])[0];
  if (depth === 0) return null;
  const of = (part: unknown) => sample(part as Json, definitions, depth - 1);
  if (schema.$ref) return of(definitions[String(schema.$ref)] ?? {});
  if (anyOf) return of(anyOf[0]);
  if (allOf) return Object.assign({}, ...allOf.map(of));
  if (prefixItems) return prefixItems.map(of);
  if (schema.items) return Array.from({ length: Number(schema.minItems ?? 1) }, () => of(schema.items));
  if (schema.properties) return object(schema, of);
  return scalar(String(type), schema);
}

function object({ properties, required = [] }: Json, of: (part: unknown) => unknown): unknown {
  const shown = Object.entries(properties as Definitions).filter(
    ([name, schema]) => (required as readonly string[]).includes(name) || schema.examples,
  );
  return Object.fromEntries(shown.map(([name, schema]) => [name, of(schema)]));
}

const formats: Readonly<Record<string, string>> = {
  email: "ada@example.com",
  uuid: "6f1c2a0e-3b52-4d7c-9a51-0c8d7e6f5a4b",
  date: "2026-01-31",
  "date-time": "2026-01-31T09:30:00Z",
  uri: "https://example.com",
};

function scalar(type: string, schema: Json): unknown {
  const { minimum = 1, minLength = 0, maxLength = Infinity, format } = schema as Readonly<Record<string, number>>;
  if (type === "number" || type === "integer") return Number(schema.exclusiveMinimum ?? minimum - 1) + 1;
  if (type === "boolean") return true;
  if (type === "null") return null;
  return formats[String(format)] ?? "text".padEnd(minLength, "t").slice(0, maxLength);
}

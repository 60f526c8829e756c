import type { GenericSchema } from "valibot";
import { HttpError } from "../error-response";
import { isObject, isPrototypeKey, type JsonObject, property } from "../json";
import { entriesFor, optionsOf, type SchemaShape, shapeOf } from "./schema-shape";

/**
 * The query as an object. Its values are texts, so the schema decides what each becomes: `v.number()`, `v.boolean()`
 * (`true`, `false`), `v.date()`, values of picklists, enums and literals; `v.array(...)` takes a repeated name
 * (`?tag=a&tag=b`). A text that cannot become that stays a text and fails the schema. An empty value (`?limit=`) counts as not
 * given, as it does at the gateway's validator.
 * @throws {HttpError} 400 if a name is repeated that the schema has no list for
 */
export function readQuery(event: unknown, schema: GenericSchema): JsonObject {
  const several = property(event, "multiValueQueryStringParameters");
  const values = isObject(several) ? several : (property(event, "queryStringParameters") ?? {});
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (isPrototypeKey(name)) throw new HttpError(400, "The query must not hold keys of a prototype");
      const texts = [value].flat().filter((text): text is string => typeof text === "string" && text !== "");
      return texts.length > 0 ? [[name, readValue(schema as SchemaShape, name, texts)]] : [];
    }),
  );
}

/**
 * The variables of the route's path, decoded. Their schema makes numbers, booleans and dates of them, as in a query.
 * @throws {HttpError} 400 if one is not percent-encoded UTF-8
 */
export function readPathParameters(event: unknown, schema: GenericSchema): JsonObject {
  // Only a REST API passes them as they were sent. The events of an HTTP API state their version.
  const encoded = property(event, "version") === undefined;
  const values = property(event, "pathParameters") ?? {};
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, text]) =>
      typeof text === "string"
        ? [[name, readValue(schema as SchemaShape, name, [encoded ? decode(name, text) : text])]]
        : [],
    ),
  );
}

function decode(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HttpError(400, `${name} must be percent-encoded UTF-8`);
  }
}

function readValue(schema: SchemaShape, name: string, texts: readonly string[]): unknown {
  const [text = "", ...others] = texts;
  const shapes = entriesFor(schema, name).map(shapeOf);
  const lists = [...shapes, ...shapes.flatMap(optionsOf)].filter(({ item, items }) => item ?? items);
  const list = lists.find((shape) => others.length > 0 || shapes.includes(shape));
  if (list) return texts.map((each, index) => convert(list.item ?? list.items?.[index], each));
  if (others.length > 0 && shapes.length > 0) throw new HttpError(400, `Please provide ${name} only once`);
  return inUnion(shapes, text);
}

/** The value that a text stands for; the text itself if it is none of this schema. */
function convert(schema: SchemaShape | undefined, text: string): unknown {
  if (!schema) return text;
  const shape = shapeOf(schema);
  switch (shape.type) {
    case "number":
      return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
    case "bigint":
      return /^-?\d+$/.test(text) ? BigInt(text) : text;
    case "boolean":
      return text === "true" || (text === "false" ? false : text);
    case "date":
      return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : text;
    case "literal":
      return String(shape.literal) === text ? shape.literal : text;
    case "picklist":
    case "enum":
      return shape.options?.find((option) => String(option) === text) ?? text;
    case "union":
      return inUnion(optionsOf(shape), text);
    default:
      return text;
  }
}

/** The first option that makes something of the text; a string schema takes it as it is. */
function inUnion(options: readonly SchemaShape[], text: string): unknown {
  for (const option of options) {
    const value = convert(option, text);
    if (value !== text || shapeOf(option).type === "string") return value;
  }
  return text;
}

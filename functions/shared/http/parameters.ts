import type { GenericSchema } from "valibot";
import { HttpError } from "../error-response";
import { isObject, isPrototypeKey, type JsonObject, property } from "../json";
import type { SchemaShape } from "./schema-shape";
import { fromTexts } from "./text-values";

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
      return texts.length > 0 ? [[name, fromTexts(schema as SchemaShape, name, texts)]] : [];
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
        ? [[name, fromTexts(schema as SchemaShape, name, [encoded ? decode(name, text) : text])]]
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

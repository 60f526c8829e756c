import { type GenericSchema, safeParse } from "valibot";
import { HttpError } from "../error-response";
import { listInClaim, readClaims } from "./claims";
import type { SchemaShape } from "./schema-shape";
import { fromTexts, takesList } from "./text-values";

/**
 * The claims that a schema asks for. They are texts, which become numbers, booleans and lists where the schema says so.
 * @throws {HttpError} 401 without a token, 403 if its claims are others than the schema asks for
 */
export function readTypedClaims(schema: GenericSchema, event: unknown): unknown {
  const shape = schema as SchemaShape;
  const claims = Object.entries(readClaims(event)).map(([name, value]) => {
    if (typeof value !== "string") return [name, value];
    return [name, fromTexts(shape, name, takesList(shape, name) ? listInClaim(value) : [value])];
  });
  const result = safeParse(schema, Object.fromEntries(claims));
  if (!result.success) throw new HttpError(403, "Forbidden");
  return result.output;
}

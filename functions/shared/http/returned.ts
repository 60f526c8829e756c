import { type GenericSchema, safeParse } from "valibot";
import { HttpResponse } from "./response";
import type { SchemaShape } from "./schema-shape";
import { explain } from "./validate";

/** A mistake in an operation: its data is not what the endpoint's `returns` declares. */
export class ReturnedError extends Error {
  override readonly name = "ReturnedError";
}

/**
 * Checks the data as the client receives it. On Lambda only where CHECK_RETURNS is `true`, which the local API sets.
 * @throws {ReturnedError}
 */
export function checkReturned(schema: GenericSchema | undefined, result: unknown): void {
  const { AWS_LAMBDA_FUNCTION_NAME: onLambda, CHECK_RETURNS: check = onLambda ? "false" : "true" } = process.env;
  if (!schema || check !== "true") return;
  const content = result instanceof HttpResponse ? result.content : { data: result };
  if (!content || !("data" in content)) return;
  const parsed = safeParse(schema, JSON.parse(JSON.stringify(content.data ?? null)));
  if (parsed.success) return;
  throw new ReturnedError(`returns: ${explain(schema as unknown as SchemaShape, parsed.issues, "data")}`);
}

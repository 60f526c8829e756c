/** A JSON object, of the stack or of a request. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A nested block: Terraform JSON writes it as an object or as a list of one. Undefined if absent. */
export function nested(value: unknown): JsonObject | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "object" && first !== null ? (first as JsonObject) : undefined;
}

/** A string attribute; undefined if it is absent or empty. */
export function text(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

import * as v from "valibot";
import { RefusedError } from "../errors";
import type { JsonObject } from "../json";
import type { BodySchema } from "../schemas";

/**
 * The body as its schema describes it. Messages name fields and rules, never values.
 * @param purpose ends "Please provide username ...": `to log in`.
 * @throws {RefusedError} 400; the first missing field in the schema's order goes before anything else. `null` is missing too.
 */
export function validate<S extends BodySchema>(schema: S, body: JsonObject, purpose: string): v.InferOutput<S> {
  const fields = Object.keys(schema.entries);
  const missing = fields.find((field) => !Object.hasOwn(body, field) || body[field] === null);
  if (missing) throw new RefusedError(400, `Please provide ${missing} ${purpose}`);
  if (Object.keys(body).some((key) => !fields.includes(key))) {
    throw new RefusedError(400, `The body must hold only ${fields.join(", ") || "no fields"}`);
  }
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new RefusedError(400, explain(result.issues[0]));
}

/** A value inside a field is told by the field: its own key is the caller's text. */
function explain(issue: v.BaseIssue<unknown>): string {
  const [field, inner] = issue.path ?? [];
  return `${inner ? "every value in " : ""}${String(field?.key)} must ${rule(issue)}`;
}

function rule({ type, requirement, expected }: v.BaseIssue<unknown>): string {
  switch (type) {
    case "min_length":
      return "not be empty";
    case "max_length":
      return `be at most ${String(requirement)} characters long`;
    case "picklist": // ("SMS_MFA" | "EMAIL_OTP")
      return `be one of ${String(expected).replaceAll(/[()"]/g, "").replaceAll(" | ", ", ")}`;
    case "string":
      return "be a string";
    default:
      return "be an object";
  }
}

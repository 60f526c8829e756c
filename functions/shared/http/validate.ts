import * as v from "valibot";
import { HttpError } from "../error-response";
import type { JsonObject } from "../json";
import type { BodySchema } from "../schemas";

/**
 * Checks the body against its schema. Messages name fields and rules, never values.
 * @param purpose end of the message "Please provide username ...": `to log in`
 * @throws {HttpError} 400; a missing field (`null` counts as missing) takes precedence, the first in the schema's order
 */
export function validate<S extends BodySchema>(schema: S, body: JsonObject, purpose: string): v.InferOutput<S> {
  const fields = Object.keys(schema.entries);
  const missing = fields.find((field) => !Object.hasOwn(body, field) || body[field] === null);
  if (missing) throw new HttpError(400, `Please provide ${missing} ${purpose}`);
  if (Object.keys(body).some((key) => !fields.includes(key))) {
    throw new HttpError(400, `The body must hold only ${fields.join(", ") || "no fields"}`);
  }
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new HttpError(400, explain(result.issues[0]));
}

/** Errors name the top-level field only: nested keys are the caller's text and never echoed. */
function explain(issue: v.BaseIssue<unknown>): string {
  const [field, inner] = issue.path ?? [];
  return `${inner ? "every value in " : ""}${String(field?.key)} must ${rule(issue)}`;
}

function rule({ type, requirement, expected, message }: v.BaseIssue<unknown>): string {
  switch (type) {
    case "min_length":
      return "not be empty";
    case "max_length":
      return `be at most ${String(requirement)} characters long`;
    case "picklist": // ("SMS_MFA" | "EMAIL_OTP")
      return `be one of ${String(expected).replaceAll(/[()"]/g, "").replaceAll(" | ", ", ")}`;
    case "check":
      return message;
    case "string":
      return "be a string";
    default:
      return "be an object";
  }
}

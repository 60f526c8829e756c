/**
 * Request members with the bounds of the Cognito API reference, and the errors that AWS makes of a wrong one.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
 */
import * as v from "valibot";
import { invalidParameter, serialization } from "./errors";

/** A pattern is not tried on a text that is too long: AWS's own for passwords would take minutes over a megabyte. */
export const text = (max: number, pattern: string, min = 1) => {
  const whole = new RegExp(`^(?:${pattern})$`, "su");
  return v.pipe(
    v.string(),
    v.minLength(min, `Member must have length greater than or equal to ${min}`),
    v.maxLength(max, `Member must have length less than or equal to ${max}`),
    v.check(
      (value) => value.length > max || whole.test(value),
      `Member must satisfy regular expression pattern: ${pattern}`,
    ),
  );
};
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const structure = v.custom<Record<string, unknown>>(isObject);
const printable = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";

export const username = text(128, printable);
export const clientId = text(128, "[\\w+]+");
export const userPoolId = text(55, "[\\w-]+_[0-9a-zA-Z]+");
export const groupName = text(128, printable);
/** A password on its way in: neither its first nor its last character is a blank. */
export const password = text(256, "^[\\S]+.*[\\S]+$", 0);
export const confirmationCode = text(2048, "[\\S]+");
export const totpCode = text(6, "[0-9]+", 6);
export const clientSecret = text(64, "[\\w+]+", 24);
export const token = text(131072, "[A-Za-z0-9-_=.]+", 0);
export const session = text(2048, ".*", 20);
export const pageToken = text(131072, "[\\S]+");
export const flag = v.nullish(v.boolean());
export const attributeName = text(32, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+");
export const userAttributes = v.array(
  v.pipe(structure, v.object({ Name: attributeName, Value: v.nullish(text(2048, ".*", 0), "") })),
);
/** A map of strings; what AWS ignores in it is ignored. */
export const strings = v.nullish(v.pipe(structure, v.record(v.string(), v.string())), {});
export const count = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.minValue(min, `Member must have value greater than or equal to ${min}`),
    v.maxValue(max, `Member must have value less than or equal to ${max}`),
  );

/** Members of the operations that an app client calls in a user's name. */
export const clientUser = {
  ClientId: clientId,
  Username: username,
  SecretHash: v.nullish(text(128, "[\\w+=/]+")),
  ClientMetadata: strings,
};
/** Members of the operations that an administrator calls on a user. */
export const poolUser = { UserPoolId: userPoolId, Username: username };

type Schema = v.GenericSchema<unknown, unknown>;
type Issue = v.BaseIssue<unknown>;

/**
 * The request, typed. Members that the schema does not name are ignored, as AWS ignores them.
 * @throws SerializationException for a wrong JSON type, InvalidParameterException naming every broken constraint.
 */
export function parse<S extends Schema>(schema: S, body: unknown): v.InferOutput<S> {
  if (!isObject(body)) throw serialization("Unexpected field type");
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const mistyped = result.issues.find(isMistyped);
  if (mistyped) throw serialization(conversion(mistyped));
  const errors = result.issues.map(violation);
  const plural = errors.length === 1 ? "error" : "errors";
  throw invalidParameter(`${errors.length} validation ${plural} detected: ${errors.join("; ")}`);
}

const isAbsent = (issue: Issue) => issue.input === undefined || issue.input === null;
const isMistyped = (issue: Issue) =>
  issue.kind === "schema" && !isAbsent(issue) && !(issue.type === "picklist" && typeof issue.input === "string");

function conversion({ input, type }: Issue): string {
  if (Array.isArray(input)) return "Start of list found where not expected";
  if (typeof input === "object") return "Start of structure or map found where not expected.";
  const kind = typeof input === "boolean" ? String(input).toUpperCase() : (typeof input).toUpperCase();
  const expected = { number: "Integer", boolean: "Boolean" }[type] ?? (type === "string" ? "String" : undefined);
  return expected ? `${kind}_VALUE cannot be converted to ${expected}` : "Unexpected field type";
}

/** Members whose value AWS leaves out of the message as sensitive; and codes, which it does not. */
const sensitive = /username|password|secret|session|token|attribute|parameters|responses|code/i;

function violation(issue: Issue): string {
  const path = (issue.path ?? [])
    .map(({ key }) => (typeof key === "number" ? `${key + 1}.member` : lowerFirst(String(key))))
    .join(".");
  const value = isAbsent(issue) ? "Value null" : sensitive.test(path) ? "Value" : `Value '${issue.input}'`;
  return `${value} at '${path}' failed to satisfy constraint: ${constraint(issue)}`;
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function constraint(issue: Issue): string {
  if (isAbsent(issue)) return "Member must not be null";
  if (issue.type !== "picklist") return issue.message;
  const options = issue.expected
    ?.replaceAll('"', "")
    .replaceAll(" | ", ", ")
    .replace(/^\(|\)$/g, "");
  return `Member must satisfy enum value set: [${options}]`;
}

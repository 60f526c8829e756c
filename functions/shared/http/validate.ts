import * as v from "valibot";
import { HttpError } from "../error-response";
import { entriesFor, keysOf, type SchemaShape, shapeOf } from "./schema-shape";
import { rule } from "./validation-rule";

/**
 * Checks a part of the request against its schema. Messages name fields and rules, never values.
 * @param purpose end of the message "Please provide username ...": `to log in`
 * @param part `body`, `query` or `path`
 * @throws {HttpError} 400; a missing field (`null` counts as missing) takes precedence, the first in the schema's order
 */
export function validate<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  purpose: string | undefined,
  part = "body",
): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new HttpError(400, explain(schema as unknown as SchemaShape, result.issues, part, purpose));
}

type Issue = v.BaseIssue<unknown>;

/**
 * What is wrong with a value that its schema rejects: `limit must be at most 100`. A schema's own message is sent as it is, or after
 * the field's name if it begins with "must": `v.check(isPrime, "must be prime")`.
 * @param part names the value as a whole
 */
export function explain(
  schema: SchemaShape,
  issues: readonly [Issue, ...Issue[]],
  part: string,
  purpose?: string,
): string {
  const missing = issues.find(
    (issue) => (issue.input === undefined || issue.input === null) && fieldOf(schema, issue).required,
  );
  const unknown = issues.find(isUnknownKey);
  const issue = missing ?? unknown ?? issues[0];
  const { name, place } = fieldOf(schema, issue);
  if (issue === missing) return ["Please provide", name, ...(purpose ? [purpose] : [])].join(" ");
  const subject = `${place}${name || `The ${part}`}`;
  if (!/^Invalid [^:]+: (Expected|Received) /.test(issue.message)) {
    return issue.message.startsWith("must ") ? `${subject} ${issue.message}` : issue.message;
  }
  if (issue !== unknown) return `${subject} must ${rule(issue)}`;
  return `${subject} must hold only ${keysOf(parentOf(schema, issue)).join(", ") || "no fields"}`;
}

/** A strict schema's complaint about a key that it does not have. */
const isUnknownKey = ({ expected, path }: Issue) => expected === "never" && path?.at(-1)?.origin === "key";

interface Field {
  /** As far as the schema names it: other keys are the caller's text and never repeated. */
  readonly name: string;
  /** Before the name, if the issue is about a value inside that has none. */
  readonly place: string;
  /** Whether it is a field that the schema names and a value must have. */
  readonly required: boolean;
}

const optional = ["optional", "exact_optional", "undefinedable"];

function fieldOf(schema: SchemaShape, issue: Issue): Field {
  let found = [schema];
  let name = "";
  let required = false;
  for (const { type, key } of pathOf(issue)) {
    const entries = found.flatMap((shape) => entriesFor(shape, String(key)));
    const items = type === "array" ? found.flatMap((shape) => itemsOf(shape, Number(key))) : [];
    required = entries.some((entry) => !optional.includes(entry.type));
    if (entries.length + items.length === 0) return { name, place: "every value in ", required };
    name += entries.length > 0 ? `${name && "."}${String(key)}` : `[${String(key)}]`;
    found = [...entries, ...items];
  }
  return { name, place: "", required };
}

function itemsOf(schema: SchemaShape, index: number): SchemaShape[] {
  const { item, items } = shapeOf(schema);
  const found = item ?? items?.[index];
  return found ? [found] : [];
}

/** An unknown key is the last part of its path: the object that holds it is meant. */
const pathOf = (issue: Issue) => (isUnknownKey(issue) ? (issue.path?.slice(0, -1) ?? []) : (issue.path ?? []));

function parentOf(schema: SchemaShape, issue: Issue): SchemaShape {
  let found: SchemaShape | undefined = schema;
  for (const { key } of pathOf(issue)) {
    found = found && (entriesFor(found, String(key))[0] ?? itemsOf(found, Number(key))[0]);
  }
  return found ?? schema;
}

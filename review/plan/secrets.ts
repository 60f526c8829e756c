/** What must never be printed: values marked sensitive, wherever a copy of them turns up. */
import { asList, asObject, hasMark, isObject, type JsonObject, own } from "./value";

export const SENSITIVE = "(sensitive)";

/** Shorter ones (a flag, a number) would blank out half of the report; they are hidden at their own place only. */
const SHORTEST = 6;

/** Every string under a sensitive mark: of resources, outputs and variables, before and after. */
export function secretsOf(file: JsonObject): Set<string> {
  const found = new Set<string>();
  const changes = [...asList(file["resource_changes"]), ...asList(file["resource_drift"])].map((item) =>
    own(item, "change"),
  );
  for (const change of [...changes, ...Object.values(asObject(file["output_changes"]))]) {
    collect(own(change, "before"), own(change, "before_sensitive"), found);
    collect(own(change, "after"), own(change, "after_sensitive"), found);
  }
  const variables = asObject(own(own(own(file, "configuration"), "root_module"), "variables"));
  for (const [name, declaration] of Object.entries(variables)) {
    if (own(declaration, "sensitive") === true) collect(own(own(file["variables"], name), "value"), true, found);
  }
  return found;
}

function collect(value: unknown, marks: unknown, found: Set<string>): void {
  if (marks === true) {
    if (typeof value === "string" && value.length >= SHORTEST) found.add(value);
    for (const child of children(value)) collect(child[1], true, found);
  } else {
    // the marks' keys, not the value's: most of a resource is not marked
    for (const [key, mark] of children(marks)) collect(at(value, key), mark, found);
  }
}

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;

const children = (value: unknown): [string, unknown][] =>
  Array.isArray(value) || isObject(value) ? Object.entries(value) : [];

/** The value with everything marked in it replaced; the marks' shape is Terraform's. */
export function mask(value: unknown, marks: unknown): unknown {
  if (marks === true) return SENSITIVE;
  if (!hasMark(marks)) return value;
  if (Array.isArray(value)) return value.map((item, i) => mask(item, (marks as JsonObject)[i]));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item, own(marks, key))]));
}

/**
 * Removes copies of secrets from what is about to be shown. They are found by their first letters: one look at each
 * place of a text, however many secrets there are.
 */
export function redactor(secrets: ReadonlySet<string>): (value: unknown) => unknown {
  const byStart = new Map<string, string[]>();
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    const start = secret.slice(0, SHORTEST);
    byStart.set(start, [...(byStart.get(start) ?? []), secret]);
  }
  const firsts = new Set([...byStart.keys()].map((start) => start[0]));
  const clean = (text: string): string => {
    let result = "";
    let copied = 0;
    for (let i = 0; i < text.length; i += 1) {
      if (!firsts.has(text[i])) continue;
      const secret = byStart.get(text.slice(i, i + SHORTEST))?.find((known) => text.startsWith(known, i));
      if (secret === undefined) continue;
      result += text.slice(copied, i) + SENSITIVE;
      copied = i + secret.length;
      i = copied - 1;
    }
    return result + text.slice(copied);
  };
  const redact = (value: unknown): unknown => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return value.map(redact);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), redact(item)]));
  };
  return secrets.size === 0 ? (value) => value : redact;
}

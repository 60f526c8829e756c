/** Whether a JSON Schema rejects what an earlier one accepted. Reads only the keywords of API Gateway's request models. */
import { asList, asObject, isEmpty, isObject, type JsonObject, own, same, texts } from "../plan/value";

const MAX_DEPTH = 50;

/** Higher is stricter, and lower is. */
const lowest = ["minLength", "minItems", "minProperties", "minimum"];
const highest = ["maxLength", "maxItems", "maxProperties", "maximum"];
/** Keywords whose strictness cannot be compared: every change counts. */
const other = ["pattern", "format", "multipleOf", "allOf", "anyOf", "oneOf", "not", "$ref", "patternProperties"];

/** @returns what is rejected now, in words; undefined when one of the two is no schema */
export function stricterRules(before: unknown, after: unknown): string[] | undefined {
  const [from, to] = [parseSchema(before), parseSchema(after)];
  return from && to && compare(from, to, "", 0);
}

function parseSchema(text: unknown): JsonObject | undefined {
  if (isEmpty(text)) return {};
  try {
    const value: unknown = JSON.parse(String(text));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function compare(before: unknown, after: unknown, path: string, depth: number): string[] {
  if (depth > MAX_DEPTH) return [`${path}: nested too deep to compare`];
  const at = (text: string) => (path ? `${path}: ${text}` : text);
  const found: string[] = [];
  const required = texts(own(before, "required"));
  for (const name of texts(own(after, "required"))) {
    if (!required.includes(name)) found.push(at(`${name} becomes required`));
  }
  if (own(after, "additionalProperties") === false && own(before, "additionalProperties") !== false) {
    found.push(at("unlisted fields are rejected"));
  }
  found.push(...bounds(before, after).map(at), ...kinds(before, after).map(at));
  const properties = asObject(own(after, "properties"));
  for (const [name, old] of Object.entries(asObject(own(before, "properties")))) {
    const child = path ? `${path}.${name}` : name;
    if (Object.hasOwn(properties, name)) found.push(...compare(old, properties[name], child, depth + 1));
    else if (own(after, "additionalProperties") === false) found.push(`${child} is rejected`);
  }
  const items = own(after, "items");
  if (isObject(items)) found.push(...compare(own(before, "items"), items, `${path}[]`, depth + 1));
  return found;
}

function bounds(before: unknown, after: unknown): string[] {
  const tighter = (key: string, worse: (a: number, b: number) => boolean) => {
    const [from, to] = [own(before, key), own(after, key)];
    if (typeof to !== "number" || (typeof from === "number" && !worse(from, to))) return [];
    return [`${key} ${typeof from === "number" ? from : "none"} -> ${to}`];
  };
  return [
    ...lowest.flatMap((key) => tighter(key, (a, b) => b > a)),
    ...highest.flatMap((key) => tighter(key, (a, b) => b < a)),
  ];
}

function kinds(before: unknown, after: unknown): string[] {
  const found = other.filter((key) => own(after, key) !== undefined && !same(own(before, key), own(after, key)));
  const changed = found.map((key) => `${key} changes`);
  const list = (value: unknown) => (Array.isArray(value) ? asList(value) : value === undefined ? undefined : [value]);
  for (const key of ["type", "enum"]) {
    const [from, to] = [list(own(before, key)), list(own(after, key))];
    if (to && (!from || from.some((item) => !to.some((taken) => same(item, taken) || widerType(item, taken))))) {
      changed.push(`${key} gets narrower`);
    }
  }
  return changed;
}

const widerType = (item: unknown, taken: unknown) => item === "integer" && taken === "number";

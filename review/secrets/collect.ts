/** Every secret of a plan's file, from every part of it in which one can stand. */
import { asList, asObject, isObject, type JsonObject, own } from "../plan/value";
import { addWords, isCommon } from "./common";
import { mergeMarks } from "./mask";
import { secretInText } from "./names";
import { collectTexts, ownMarks, parseDocument } from "./own-marks";
import { SHORTEST } from "./redact";

interface Marked {
  readonly before: unknown;
  readonly beforeSensitive: unknown;
  readonly after: unknown;
  readonly afterSensitive: unknown;
}

interface Value {
  readonly value: unknown;
  readonly marks: unknown;
}

/**
 * @param read changes, drift and outputs as they were read: their marks hold the review's own
 * @returns the values of which copies are searched for: uncommon ones
 */
export function secretsOf(file: JsonObject, read: readonly Marked[]): Set<string> {
  const found = new Set<string>();
  const names = identifiers(file);
  const add = (text: string) => {
    const value = text.trim();
    if (value.length < SHORTEST || found.has(value)) return;
    if (!isCommon(value, names)) found.add(value);
    for (const part of partsOf(value)) add(part);
  };
  for (const { before, beforeSensitive, after, afterSensitive } of read) {
    collectTexts(before, beforeSensitive, add);
    collectTexts(after, afterSensitive, add);
  }
  for (const { value, marks } of [...actionSettings(file), ...states(file), ...variables(file)]) {
    collectTexts(value, marks, add);
  }
  return found;
}

/** Lines of a key, wherever they are indented. */
const LINE = /^[^\s]{16,}$/gm;
/** `Server=db;Password=hunter2` */
const SETTING = /(?:^|;)\s*(?:password|pwd|accountkey|sharedaccesskey|secret)\s*=\s*([^;]+)/gi;

/** What is as secret as the whole: values of a JSON document, a password in a URL or connection string, lines. */
function partsOf(secret: string): string[] {
  const parts: string[] = [];
  if (secret[0] === "{" || secret[0] === "[") collectTexts(parseDocument(secret), true, (part) => parts.push(part));
  const inside = secretInText(secret);
  if (inside !== undefined && inside !== secret) parts.push(inside, decoded(inside));
  if (secret.includes("=")) parts.push(...[...secret.matchAll(SETTING)].flatMap(([, value]) => value ?? []));
  if (secret.includes("\n")) parts.push(...(secret.match(LINE) ?? []).filter((line) => !line.startsWith("-----")));
  return parts;
}

/** The password of a URL as it is typed. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function* actionSettings(file: JsonObject): Generator<Value> {
  for (const item of [...asList(file["action_invocations"]), ...asList(file["deferred_action_invocations"])]) {
    const action = own(item, "action_invocation") ?? item;
    yield withOwnMarks("", own(action, "config_values"), own(action, "config_sensitive"));
  }
}

const withOwnMarks = (name: string, value: unknown, marks: unknown): Value => ({
  value,
  marks: mergeMarks(marks, ownMarks(name, value)),
});

/** What is planned, and what was known before: data sources stand nowhere else. */
function* states(file: JsonObject): Generator<Value> {
  for (const values of [own(file["prior_state"], "values"), file["planned_values"]]) {
    for (const [name, output] of Object.entries(asObject(own(values, "outputs")))) {
      yield withOwnMarks(name, own(output, "value"), own(output, "sensitive"));
    }
    const waiting = [own(values, "root_module")];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const resource of asList(own(node, "resources"))) {
        const [value, marks] = [own(resource, "values"), own(resource, "sensitive_values")];
        // managed resources stand among the changes too
        yield own(resource, "mode") === "data" ? withOwnMarks("", value, marks) : { value, marks };
      }
      waiting.push(...asList(own(node, "child_modules")));
    }
  }
}

function* variables(file: JsonObject): Generator<Value> {
  const declared = asObject(own(own(own(file, "configuration"), "root_module"), "variables"));
  for (const [name, variable] of Object.entries(asObject(file["variables"]))) {
    yield withOwnMarks(name, own(variable, "value"), own(own(declared, name), "sensitive") === true);
  }
}

/** The words of types, names and attributes: they are no secrets, whatever has the same value. */
function identifiers(file: JsonObject): Set<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const kinds = new Set<string>();
  const add = (text: unknown) => {
    if (typeof text !== "string" || seen.has(text)) return;
    seen.add(text);
    addWords(text, names);
  };
  for (const item of [...asList(file["resource_changes"]), ...asList(file["resource_drift"])]) {
    add(own(item, "type"));
    add(own(item, "name"));
    const change = own(item, "change");
    for (const side of ["before", "after"]) {
      const values = own(change, side);
      // a type has the same attributes everywhere
      const kind = `${own(item, "type")} ${side}`;
      if (!isObject(values) || kinds.has(kind)) continue;
      kinds.add(kind);
      for (const key in values) add(key);
    }
  }
  for (const name in asObject(file["output_changes"])) add(name);
  return names;
}

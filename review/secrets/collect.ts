/** Every secret of a plan's file, from every part of it in which one can stand. */
import { asList, asObject, type JsonObject, own } from "../plan/value";
import { addWords, isCommon } from "./common";
import { mergeMarks } from "./mask";
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
    // a secret that is a JSON document: its values are secrets too
    if (value[0] === "{" || value[0] === "[") collectTexts(parseDocument(value), true, add);
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
  const add = (text: unknown) => {
    if (typeof text !== "string" || seen.has(text)) return;
    seen.add(text);
    addWords(text, names);
  };
  for (const item of [...asList(file["resource_changes"]), ...asList(file["resource_drift"])]) {
    add(own(item, "type"));
    add(own(item, "name"));
    const change = own(item, "change");
    for (const values of [own(change, "before"), own(change, "after")]) {
      for (const key in asObject(values)) add(key);
    }
  }
  for (const name in asObject(file["output_changes"])) add(name);
  return names;
}

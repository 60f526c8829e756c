/** One change, attribute by attribute, without what is sensitive. */
import type { Change } from "./plan/plan";
import { mask, SENSITIVE } from "./plan/secrets";
import { asObject, hasMark, isObject, type JsonObject, keysOf, own, same } from "./plan/value";

export interface Line {
  readonly sign: "+" | "-";
  readonly path: string;
  readonly value: unknown;
}

/** Deeper, values are shown as a whole. */
const MAX_DEPTH = 6;
const UNKNOWN = "(known after apply)";

export function diff(change: Change): Line[] {
  const { before = {}, after = {}, unknown, beforeSensitive, afterSensitive } = change;
  const names = new Set(keysOf(before, after).filter((name) => before[name] !== after[name]));
  // what is equal makes a difference only where a mark says so
  for (const marks of [unknown, beforeSensitive, afterSensitive]) {
    for (const name of Object.keys(asObject(marks))) names.add(name);
  }
  const found: Line[] = [];
  for (const name of [...names].sort()) addAttribute(found, change, name);
  return found;
}

function addAttribute(found: Line[], change: Change, name: string): void {
  const before = maskedAttribute(change.before, change.beforeSensitive, name);
  const after = withUnknown(maskedAttribute(change.after, change.afterSensitive, name), marksOf(change.unknown, name));
  if (before !== SENSITIVE || after !== SENSITIVE) add(found, name, before, after, change.after !== undefined, 0);
  // two masked values look alike: report that they differ
  else if (!same(own(change.before, name), own(change.after, name))) addPair(found, name, before, after);
}

function maskedAttribute(values: JsonObject | undefined, marks: unknown, name: string): unknown {
  const value = own(values, name);
  return value === undefined ? undefined : mask(value, marksOf(marks, name));
}

const marksOf = (marks: unknown, name: string): unknown => marks === true || own(marks, name);

/** Into one list: most values are equal, and an empty list for each of them costs more than the comparison. */
function add(found: Line[], path: string, before: unknown, after: unknown, stays: boolean, depth: number): void {
  if (depth < MAX_DEPTH && isObject(before) && isObject(after)) {
    for (const key of keysOf(before, after)) {
      if (before[key] !== after[key]) {
        add(found, `${path}.${key}`, own(before, key), own(after, key), stays, depth + 1);
      }
    }
  } else if (depth < MAX_DEPTH && isSingle(before) && isSingle(after)) {
    add(found, path, before[0], after[0], stays, depth + 1);
  } else if (!same(before, after)) {
    addPair(found, path, before, stays ? after : undefined);
  }
}

/** A nested block. */
const isSingle = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length === 1;

function addPair(found: Line[], path: string, before: unknown, after: unknown): void {
  if (before !== undefined && before !== null) found.push({ sign: "-", path, value: before });
  if (after !== undefined && after !== null) found.push({ sign: "+", path, value: after });
}

/** Unknown values are absent from `after`: put a placeholder there. */
function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (!hasMark(unknown)) return value;
  if (Array.isArray(unknown)) {
    const list: unknown[] = Array.isArray(value) ? value : [];
    return unknown.map((marks, i) => withUnknown(list[i], marks));
  }
  if (!isObject(unknown)) return value;
  const known = isObject(value) ? value : {};
  const words = Object.entries(unknown).filter(([, marks]) => hasMark(marks));
  return {
    ...known,
    ...Object.fromEntries(words.map(([name, marks]) => [name, withUnknown(own(known, name), marks)])),
  };
}

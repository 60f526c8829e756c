/** One change, attribute by attribute, without what is sensitive. */
import type { Change } from "./plan/plan";
import { asObject, hasMark, isObject, keysOf, own, same } from "./plan/value";
import { mask, mergeMarks } from "./secrets/mask";

export interface Line {
  readonly sign: "+" | "-";
  readonly path: string;
  readonly value: unknown;
}

/** Deeper, values are shown as a whole. */
const MAX_DEPTH = 6;
const UNKNOWN = "(known after apply)";

export function diff(change: Change): Line[] {
  const { before = {}, after = {}, unknown } = change;
  const names = new Set(keysOf(before, after).filter((name) => before[name] !== after[name]));
  for (const name of Object.keys(asObject(unknown))) names.add(name);
  const found: Line[] = [];
  for (const name of [...names].sort()) {
    const [from, to] = [own(before, name), withUnknown(own(after, name), own(unknown, name))];
    // marked on one side is hidden on both: the value may be the same
    const marks = mergeMarks(marksOf(change.beforeSensitive, name), marksOf(change.afterSensitive, name));
    add(found, { path: name, marks, depth: 0, stays: change.after !== undefined }, from, to);
  }
  return found;
}

const marksOf = (marks: unknown, name: string): unknown => marks === true || own(marks, name);

interface Place {
  readonly path: string;
  readonly marks: unknown;
  readonly depth: number;
  /** Not destroyed: what is absent afterwards is nothing, and worth a line. */
  readonly stays: boolean;
}

/** Into one list: most values are equal, and an empty list for each of them costs more than the comparison. */
function add(found: Line[], at: Place, before: unknown, after: unknown): void {
  const { path, marks, depth } = at;
  if (depth < MAX_DEPTH && marks !== true && isObject(before) && isObject(after)) {
    for (const key of keysOf(before, after)) {
      if (before[key] === after[key]) continue;
      const inner = { ...at, path: `${path}.${key}`, marks: own(marks, key), depth: depth + 1 };
      add(found, inner, own(before, key), own(after, key));
    }
  } else if (depth < MAX_DEPTH && marks !== true && isSingle(before) && isSingle(after)) {
    add(found, { ...at, marks: Array.isArray(marks) ? marks[0] : marks, depth: depth + 1 }, before[0], after[0]);
  } else if (!same(before, after)) {
    addLine(found, "-", path, before, marks);
    if (at.stays) addLine(found, "+", path, after, marks);
  }
}

/** A nested block. */
const isSingle = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length === 1;

function addLine(found: Line[], sign: "+" | "-", path: string, value: unknown, marks: unknown): void {
  if (value === undefined || value === null) return;
  found.push({ sign, path, value: value === UNKNOWN ? value : mask(value, marks) });
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

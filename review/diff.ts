/** One change, attribute by attribute, without what is sensitive. */
import type { Change } from "./plan/plan";
import { masked, SENSITIVE } from "./plan/secrets";
import { isObject, marked, marksAt, own, same } from "./plan/value";

export interface Line {
  readonly sign: "+" | "-";
  readonly path: string;
  readonly value: unknown;
}

/** Deeper, values are shown as a whole. */
const MAX_DEPTH = 6;
const UNKNOWN = "(known after apply)";

export function diff(change: Change): Line[] {
  const before = masked(change.before ?? {}, change.beforeSensitive);
  const after = withUnknown(masked(change.after ?? {}, change.afterSensitive), change.unknown);
  const names = new Set([...Object.keys(isObject(before) ? before : {}), ...Object.keys(isObject(after) ? after : {})]);
  return [...names].sort().flatMap((name) => {
    const hidden = own(before, name) === SENSITIVE && own(after, name) === SENSITIVE;
    // two masked values look alike; what differs behind them is said, not shown
    if (hidden && !same(own(change.before, name), own(change.after, name))) return pair(name, SENSITIVE, SENSITIVE);
    return lines(name, own(before, name), own(after, name), change.after !== undefined, 0);
  });
}

function lines(path: string, before: unknown, after: unknown, stays: boolean, depth: number): Line[] {
  if (same(before, after)) return [];
  if (depth < MAX_DEPTH && isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      lines(`${path}.${key}`, own(before, key), own(after, key), stays, depth + 1),
    );
  }
  if (depth < MAX_DEPTH && Array.isArray(before) && Array.isArray(after) && before.length === 1 && after.length === 1) {
    return lines(path, before[0], after[0], stays, depth + 1);
  }
  return pair(path, before, stays ? after : undefined);
}

function pair(path: string, before: unknown, after: unknown): Line[] {
  const shown = (sign: Line["sign"], value: unknown): Line[] =>
    value === undefined || value === null ? [] : [{ sign, path, value }];
  return [...shown("-", before), ...shown("+", after)];
}

/** What is unknown is absent from `after`: put a word where it will stand. */
function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (!marked(unknown)) return value;
  if (Array.isArray(unknown)) {
    const list: unknown[] = Array.isArray(value) ? value : [];
    return unknown.map((marks, i) => withUnknown(list[i], marks));
  }
  if (!isObject(unknown)) return value;
  const known = isObject(value) ? value : {};
  const names = [...new Set([...Object.keys(known), ...Object.keys(unknown)])];
  return Object.fromEntries(names.map((name) => [name, withUnknown(own(known, name), marksAt(unknown, name))]));
}

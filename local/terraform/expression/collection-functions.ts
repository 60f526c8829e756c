import { equal } from "./evaluate";
import { ExpressionError } from "./expression-error";
import type { FunctionTable } from "./functions";
import { encodeJson, isList, isObject, isTrue, sorted, toList, toNumber, toObject, toText } from "./values";

const isEmpty = (value: unknown) => value === null || value === undefined || value === "";
const lists = (values: readonly unknown[]) => values.map(toList);
const includes = (list: readonly unknown[], value: unknown) => list.some((item) => equal(item, value));
const unique = (list: readonly unknown[]) =>
  list.filter((item, at) => list.findIndex((one) => equal(one, item)) === at);
/** A set, which Terraform keeps in order. */
const toSet = (list: readonly unknown[]): readonly unknown[] => {
  const items = unique(list);
  return items.every((item) => typeof item === "string") ? sorted(items as string[]) : items;
};
/** Elements of one type: simple values of several types become text. */
function unified(list: readonly unknown[]): readonly unknown[] {
  const types = new Set(list.filter((item) => item !== null).map((item) => typeof item));
  return types.size < 2 || types.has("object") ? list : list.map((item) => (item === null ? null : toText(item)));
}
const flatten = (value: unknown): readonly unknown[] =>
  toList(value).flatMap((item) => (isList(item) ? flatten(item) : [item]));
const keysOf = (map: unknown) => sorted(Object.keys(toObject(map)));

function firstOf<T>(values: readonly unknown[], accepts: (value: unknown) => boolean, name: string): T {
  const found = values.find(accepts);
  if (found === undefined) throw new ExpressionError(`has no argument of ${name}() with a value`);
  return found as T;
}

/** More elements than any stack has: they would fill the memory. */
const MAX_PRODUCT = 100_000;

export const collectionFunctions: FunctionTable = {
  alltrue: (list) => toList(list).every(isTrue),
  anytrue: (list) => toList(list).some(isTrue),
  chunklist: (list, size) => {
    const items = toList(list);
    const width = toNumber(size);
    return Array.from({ length: Math.ceil(items.length / width) }, (_, at) =>
      items.slice(at * width, (at + 1) * width),
    );
  },
  coalesce: (...values) => firstOf(values, (value) => !isEmpty(value), "coalesce"),
  coalescelist: (...values) => firstOf(values, (value) => isList(value) && value.length > 0, "coalescelist"),
  compact: (list) => toList(list).filter((item) => !isEmpty(item)),
  concat: (...values) => lists(values).flat(),
  contains: (list, value) => includes(toList(list), value),
  distinct: (list) => unique(toList(list)),
  element: (list, index) => {
    const items = toList(list);
    if (items.length === 0) throw new ExpressionError("takes an element of an empty list");
    const at = toNumber(index) % items.length;
    return items[at < 0 ? at + items.length : at];
  },
  flatten,
  index: (list, value) => {
    const at = toList(list).findIndex((item) => equal(item, value));
    if (at < 0) throw new ExpressionError(`looks for the index of ${encodeJson(value)}, which is not in the list`);
    return at;
  },
  keys: keysOf,
  length: (value) =>
    typeof value === "string" ? [...value].length : isObject(value) ? Object.keys(value).length : toList(value).length,
  lookup: (map, key, ...fallback) => {
    const values = toObject(map);
    const name = toText(key);
    if (Object.hasOwn(values, name)) return values[name];
    if (fallback.length === 0) throw new ExpressionError(`looks up ${JSON.stringify(name)}, which is not in the map`);
    return fallback[0];
  },
  matchkeys: (values, keys, wanted) => toList(values).filter((_, at) => includes(toList(wanted), toList(keys)[at])),
  merge: (...maps) => Object.assign({}, ...maps.filter((map) => map !== null).map(toObject)),
  one: (list) => {
    const items = toList(list);
    if (items.length > 1) throw new ExpressionError(`has ${items.length} elements where one() takes none or one`);
    return items[0] ?? null;
  },
  range: (...bounds) => {
    const [first = 0, second, third] = bounds.map(toNumber);
    const [from, to] = second === undefined ? [0, first] : [first, second];
    const by = third ?? (from <= to ? 1 : -1);
    const count = Math.max(0, Math.ceil((to - from) / by));
    if (!(count <= 1024)) throw new ExpressionError("has more than 1,024 elements in range()");
    return Array.from({ length: count }, (_, at) => from + at * by);
  },
  reverse: (list) => [...toList(list)].reverse(),
  setintersection: (first, ...others) =>
    toSet(toList(first).filter((item) => lists(others).every((other) => includes(other, item)))),
  setproduct: (...values) => {
    const size = lists(values).reduce((product, list) => product * list.length, 1);
    if (size > MAX_PRODUCT) throw new ExpressionError(`has ${size} elements in setproduct(), more than ${MAX_PRODUCT}`);
    return lists(values).reduce<unknown[][]>(
      (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
      [[]],
    );
  },
  setsubtract: (first, second) => toSet(toList(first).filter((item) => !includes(toList(second), item))),
  setunion: (...values) => toSet(lists(values).flat()),
  slice: (list, from, to) => toList(list).slice(toNumber(from), toNumber(to)),
  sort: (list) => sorted(toList(list).map(toText)),
  tolist: (value) => unified(toList(value)),
  tomap: (value) => {
    const keys = Object.keys(toObject(value));
    const values = unified(keys.map((key) => toObject(value)[key]));
    return Object.fromEntries(keys.map((key, at) => [key, values[at]]));
  },
  toset: (value) => toSet(unified(toList(value))),
  transpose: (map) => {
    const found: Record<string, string[]> = {};
    for (const key of keysOf(map)) {
      for (const item of toList(toObject(map)[key]).map(toText)) found[item] = [...(found[item] ?? []), key];
    }
    return found;
  },
  values: (map) => keysOf(map).map((key) => toObject(map)[key]),
  zipmap: (keys, values) => Object.fromEntries(toList(keys).map((key, at) => [toText(key), toList(values)[at]])),
};

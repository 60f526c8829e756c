/** Reads values of unknown shape. Nothing here throws. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
export const texts = (value: unknown): string[] => asList(value).filter((item) => typeof item === "string");

/** Own properties only: `__proto__` and the like are data. */
export const own = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/**
 * What stands at a path such as `password_policy.minimum_length`. Terraform shows a nested block as a list: where the
 * path has no number for it, its first element is meant.
 */
export function pick(value: unknown, path: string): unknown {
  if (!path.includes(".")) return step(value, path);
  let found = value;
  for (const segment of path.split(".")) found = step(found, segment);
  return found;
}

function step(value: unknown, segment: string): unknown {
  if (!Array.isArray(value)) return own(value, segment);
  return /^\d+$/.test(segment) ? value[Number(segment)] : own(value[0], segment);
}

/** Terraform writes an empty value in several ways. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/** Equal for a reader: `null`, `""` and `[]` are the same nothing, the order of keys is no difference. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isObject(a) || !isObject(b)) return isEmpty(a) && isEmpty(b);
  return keysOf(a, b).every((key) => same(own(a, key), own(b, key)));
}

/** The keys of both, each once. */
export function keysOf(a: JsonObject, b: JsonObject): string[] {
  const keys = Object.keys(a);
  for (const key of Object.keys(b)) if (!Object.hasOwn(a, key)) keys.push(key);
  return keys;
}

/** Whether `true` stands anywhere in a tree of marks (`after_unknown`, `before_sensitive`, ...). */
export function hasMark(tree: unknown): boolean {
  if (tree === true) return true;
  return (Array.isArray(tree) || isObject(tree)) && Object.values(tree).some(hasMark);
}

/** The marks at a path: `true` as soon as something around it is marked. */
export function marksAt(tree: unknown, path: string): unknown {
  if (typeof tree !== "object" || tree === null) return tree === true ? true : undefined;
  if (!path.includes(".")) return step(tree, path);
  let marks: unknown = tree;
  for (const segment of path.split(".")) {
    if (typeof marks !== "object" || marks === null) return marks;
    marks = step(marks, segment);
  }
  return marks;
}

/** Whether the value at a path, or a part of it, is marked. */
export const hasMarkAt = (tree: unknown, path: string): boolean => hasMark(marksAt(tree, path));

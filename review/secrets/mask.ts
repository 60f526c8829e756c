/** Masks by position: Terraform's marks, and the review's own. */
import { isObject, type JsonObject, own } from "../plan/value";

export const SENSITIVE = "(sensitive)";

/** A mark on parts of one text: the password in a URL, a value in a JSON document. */
export class Parts {
  constructor(readonly secrets: readonly string[]) {}

  hide(text: unknown): unknown {
    if (typeof text !== "string") return SENSITIVE;
    return this.secrets.reduce((rest, secret) => rest.replaceAll(secret, SENSITIVE), text);
  }
}

/** The value with everything marked in it replaced. */
export function mask(value: unknown, marks: unknown): unknown {
  if (marks === true) return SENSITIVE;
  if (marks instanceof Parts) return marks.hide(value);
  if (!isMarked(marks)) return value;
  if (Array.isArray(value)) return value.map((item, i) => mask(item, (marks as JsonObject)[i]));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item, own(marks, key))]));
}

/** Whether a mark, Terraform's or the review's own, stands anywhere in a tree of them. */
export function isMarked(marks: unknown): boolean {
  if (marks === true || marks instanceof Parts) return true;
  if (typeof marks !== "object" || marks === null) return false;
  for (const key in marks) if (isMarked((marks as JsonObject)[key])) return true;
  return false;
}

/** Marked by either of the two; their shapes are that of one value. */
export function mergeMarks(a: unknown, b: unknown): unknown {
  if (b === undefined || b === false || a === true) return a;
  if (b === true || b instanceof Parts || typeof a !== "object" || a === null) return b;
  if (Array.isArray(a) && Array.isArray(b)) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => mergeMarks(a[i], b[i]));
  }
  const merged: Record<string, unknown> = Object.assign(Object.create(null), a);
  for (const [key, marks] of Object.entries(b as JsonObject)) merged[key] = mergeMarks(merged[key], marks);
  return merged;
}

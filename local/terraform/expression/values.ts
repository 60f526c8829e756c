/** Terraform's values in JavaScript, and its conversions. */
import type { JsonObject } from "../json";
import { ExpressionError } from "./expression-error";

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function describe(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (isList(value)) return "a list";
  return isObject(value) ? "an object" : JSON.stringify(value);
}

/** @throws ExpressionError for anything that Terraform does not turn into text */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new ExpressionError(`is not text: ${describe(value)}`);
}

export function toNumber(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && !Number.isNaN(number)) return number;
  throw new ExpressionError(`is not a number: ${describe(value)}`);
}

export function isTrue(value: unknown): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new ExpressionError(`is not true or false: ${describe(value)}`);
}

export function toList(value: unknown): readonly unknown[] {
  if (isList(value)) return value;
  throw new ExpressionError(`is not a list: ${describe(value)}`);
}

export function toObject(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new ExpressionError(`is not a map: ${describe(value)}`);
}

/** In the order of Go's strings: by code point. */
const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
export const sorted = (texts: readonly string[]): string[] => [...texts].sort(byCodePoint);

/** Terraform's `jsonencode`: keys in order, and the characters of HTML escaped. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(inOrder(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function inOrder(value: unknown): unknown {
  if (isList(value)) return value.map(inOrder);
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(sorted(Object.keys(value)).map((key) => [key, inOrder(value[key])]));
}

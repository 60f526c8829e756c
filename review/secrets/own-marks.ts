/** Marks, in the shape of Terraform's, for what the review itself takes for a secret. */
import type { JsonObject } from "../plan/value";
import { Parts } from "./mask";
import { isSecretText, secretInText } from "./names";

/** The most that is searched of one text that may be a JSON document (a task definition, say). */
const MAX_DOCUMENT = 100_000;
const MAX_DEPTH = 30;
const SECRET_WORD = /pass|pwd|secret|token|key|credential|:\/\//i;

/** @returns undefined when nothing in the value is taken for a secret */
export function ownMarks(name: string, value: unknown, depth = 0): unknown {
  if (typeof value === "string") return isSecretText(name, value) || marksOfText(value, depth);
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return marksOfList(name, value, depth);
  let found: Record<string, unknown> | undefined;
  for (const key in value) {
    const item = (value as JsonObject)[key];
    if (typeof item !== "string" && typeof item !== "object") continue;
    const marks = ownMarks(key === "value" ? nameOf(name, value as JsonObject) : key, item, depth + 1);
    if (marks === undefined) continue;
    found ??= Object.create(null) as Record<string, unknown>;
    found[key] = marks;
  }
  return found;
}

function marksOfList(name: string, list: readonly unknown[], depth: number): unknown {
  let found: unknown[] | undefined;
  for (let i = 0; i < list.length; i += 1) {
    const marks = ownMarks(name, list[i], depth + 1);
    if (marks === undefined) continue;
    found ??= list.map(() => false);
    found[i] = marks;
  }
  return found;
}

/** `{ name: "DB_PASSWORD", value: "..." }`, and headers by which an origin knows its CDN: any of them is a secret. */
function nameOf(name: string, pair: JsonObject): string {
  if (name === "custom_header") return "secret";
  const given = pair["name"] ?? pair["key"];
  return typeof given === "string" ? given : "value";
}

function marksOfText(text: string, depth: number): unknown {
  const secret = secretInText(text);
  if (secret !== undefined) return secret === text ? true : new Parts([secret]);
  const first = text[0];
  if ((first !== "{" && first !== "[") || text.length > MAX_DOCUMENT || !SECRET_WORD.test(text)) return undefined;
  const document = parseDocument(text);
  const parts: string[] = [];
  collectTexts(document, ownMarks("", document, depth + 1), (part) => parts.push(part));
  // as they stand in the document
  return parts.length === 0 ? undefined : new Parts(parts.map((part) => JSON.stringify(part).slice(1, -1)));
}

export function parseDocument(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Every text that is marked, and every marked part of one. */
export function collectTexts(value: unknown, marks: unknown, found: (text: string) => void): void {
  if (marks === true) {
    if (typeof value === "string") found(value);
    else if (typeof value === "number") found(String(value));
    else if (typeof value === "object" && value !== null) {
      for (const item of Object.values(value)) collectTexts(item, true, found);
    }
  } else if (marks instanceof Parts) {
    for (const part of marks.secrets) found(part);
  } else if (typeof marks === "object" && marks !== null && typeof value === "object" && value !== null) {
    // the marks' keys, not the value's: most of a resource is not marked
    for (const key in marks) {
      if (Object.hasOwn(value, key)) collectTexts((value as JsonObject)[key], (marks as JsonObject)[key], found);
    }
  }
}

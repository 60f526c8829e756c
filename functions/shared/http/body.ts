import { HttpError } from "../error-response";
import { isObject, isPrototypeKey, type JsonObject, property } from "../json";
import { header } from "./event";

export interface BodyLimits {
  /**
   * Bytes of the body, checked before it is decoded or parsed: 1 to 6 MB, the most that Lambda takes.
   * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   * @default 16384
   */
  readonly maxBodyBytes?: number;
  /**
   * Levels of objects and arrays, 1 to 1000.
   * @default 4
   */
  readonly maxBodyDepth?: number;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const json = /^\s*application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
const loneSurrogate = /\p{Surrogate}/u;
const utf8 = new TextDecoder("utf-8", { fatal: true });

const bad = (rule: string) => new HttpError(400, `The body must ${rule}`);

/** @throws Error if a limit is out of its bounds */
export function checkLimits({ maxBodyBytes = 1, maxBodyDepth = 1 }: BodyLimits): void {
  const limits = [
    ["maxBodyBytes", maxBodyBytes, 6 * 1024 * 1024],
    ["maxBodyDepth", maxBodyDepth, 1000],
  ] as const;
  for (const [name, value, most] of limits) {
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new Error(`${name} must be a whole number from 1 to ${most}, got ${value}`);
    }
  }
}

/**
 * Reads the request's body as a plain object, or as an array where that is wanted; an empty one if there is no body, so that the error
 * names the first missing field.
 * @throws {HttpError} 413 above `maxBodyBytes`, 415 unless it is JSON (API Gateway takes a missing type for JSON too),
 * 400 unless it is well-formed JSON of that kind, of at most `maxBodyDepth` levels, without duplicate keys and keys of a prototype
 */
export function readBody(
  event: unknown,
  { maxBodyBytes = 16 * 1024, maxBodyDepth = 4 }: BodyLimits = {},
  kind: "object" | "array" = "object",
): JsonObject | readonly unknown[] {
  const raw = property(event, "body");
  if (raw === undefined || raw === null || raw === "") return kind === "array" ? [] : {};
  if (typeof raw !== "string") throw bad("be text");
  const encoded = property(event, "isBase64Encoded") === true;
  if (Buffer.byteLength(raw, encoded ? "base64" : "utf8") > maxBodyBytes) {
    throw new HttpError(413, `The body must be at most ${Math.floor(maxBodyBytes / 1024)} kB`);
  }
  if (!json.test(header(event, "content-type") ?? "application/json")) {
    throw new HttpError(415, "Content-Type must be application/json");
  }
  return parse(encoded ? decode(raw) : raw, maxBodyDepth, kind);
}

function decode(encoded: string): string {
  if (!base64.test(encoded)) throw bad("be valid base64");
  try {
    return utf8.decode(Buffer.from(encoded, "base64"));
  } catch {
    throw bad("be valid UTF-8");
  }
}

function parse(text: string, maxDepth: number, kind: "object" | "array"): JsonObject | readonly unknown[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    throw bad("be valid JSON");
  }
  if (!(kind === "array" ? Array.isArray(body) : isObject(body))) throw bad(`be a JSON ${kind}`);
  inspect(body, maxDepth);
  if (hasDuplicateKey(text)) throw bad("not hold a key twice");
  return body as JsonObject | readonly unknown[];
}

/** @param levels of objects and arrays that may still follow */
function inspect(value: unknown, levels: number): void {
  if (typeof value === "string" && loneSurrogate.test(value)) throw bad("be valid Unicode");
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw bad("not be nested so deep");
  for (const [key, child] of Object.entries(value)) {
    if (isPrototypeKey(key)) throw bad("not hold keys of a prototype");
    inspect(key, levels);
    inspect(child, levels - 1);
  }
}

/**
 * JSON.parse keeps the last of equal keys, other parsers the first, so two of them could read different bodies. In valid
 * JSON the strings before a colon are the keys, and only braces outside strings open or close an object.
 */
function hasDuplicateKey(validJson: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, colon] of validJson.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon !== undefined) {
      const keys = open.at(-1);
      const key: string = JSON.parse(token.slice(0, -colon.length));
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}

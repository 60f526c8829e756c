import { HttpError } from "../error-response";
import { isObject, type JsonObject, property } from "../json";
import { header } from "./event";

/** Checked before the body is decoded or parsed. */
const maxBytes = 16 * 1024;
/** Levels of objects and arrays. The deepest body of this API, of respond-to-challenge, has two. */
const maxDepth = 4;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const json = /^\s*application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
const loneSurrogate = /\p{Surrogate}/u;
const prototypeKeys = new Set(["__proto__", "constructor", "prototype"]);
const utf8 = new TextDecoder("utf-8", { fatal: true });

const bad = (rule: string) => new HttpError(400, `The body must ${rule}`);

/**
 * Reads the request's body as a plain object; an empty one if there is no body, so that the error names the first missing field.
 * @throws {HttpError} 413 above 16 kB, 415 unless it is JSON (API Gateway takes a missing type for JSON too),
 * 400 unless it is a well-formed JSON object of at most four levels, without duplicate keys and keys of a prototype
 */
export function readBody(event: unknown): JsonObject {
  const raw = property(event, "body");
  if (raw === undefined || raw === null || raw === "") return {};
  if (typeof raw !== "string") throw bad("be text");
  const encoded = property(event, "isBase64Encoded") === true;
  if (Buffer.byteLength(raw, encoded ? "base64" : "utf8") > maxBytes) {
    throw new HttpError(413, "The body must be at most 16 kB");
  }
  if (!json.test(header(event, "content-type") ?? "application/json")) {
    throw new HttpError(415, "Content-Type must be application/json");
  }
  return parse(encoded ? decode(raw) : raw);
}

function decode(encoded: string): string {
  if (!base64.test(encoded)) throw bad("be valid base64");
  try {
    return utf8.decode(Buffer.from(encoded, "base64"));
  } catch {
    throw bad("be valid UTF-8");
  }
}

function parse(text: string): JsonObject {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    throw bad("be valid JSON");
  }
  if (!isObject(body)) throw bad("be a JSON object");
  inspect(body, 1);
  if (hasDuplicateKey(text)) throw bad("not hold a key twice");
  return body;
}

function inspect(value: unknown, depth: number): void {
  if (typeof value === "string" && loneSurrogate.test(value)) throw bad("be valid Unicode");
  if (typeof value !== "object" || value === null) return;
  if (depth > maxDepth) throw bad("not be nested so deep");
  for (const [key, child] of Object.entries(value)) {
    if (prototypeKeys.has(key)) throw bad("not hold keys of a prototype");
    inspect(key, depth);
    inspect(child, depth + 1);
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

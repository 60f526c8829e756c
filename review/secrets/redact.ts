/** Removes copies of secrets from text of the plan that is about to be shown. */
import { isObject } from "../plan/value";
import { SENSITIVE } from "./mask";

/** Shorter values are hidden at their own place only. */
export const SHORTEST = 4;
/** Shorter copies that look like words or numbers count only where a word begins and ends. */
const WITHIN_WORDS = 6;
/** Shorter base64 text may stand anywhere. */
const LONG_ENOUGH = 6;

export type Redact = <T>(value: T) => T;

/**
 * Copies are found by their first letters: one look at each place of a text, however many secrets there are.
 * @param secrets uncommon values only
 */
export function redactor(secrets: ReadonlySet<string>): Redact {
  const byStart = new Map<string, string[]>();
  for (const secret of [...secrets].flatMap(spellings).sort((a, b) => b.length - a.length)) {
    const start = secret.slice(0, SHORTEST);
    const others = byStart.get(start);
    if (others) others.push(secret);
    else byStart.set(start, [secret]);
  }
  const firsts = new Set([...byStart.keys()].map((start) => start[0]));
  const clean = (text: string): string => {
    let result = "";
    let copied = 0;
    for (let i = 0; i + SHORTEST <= text.length; i += 1) {
      if (!firsts.has(text[i])) continue;
      const secret = byStart.get(text.slice(i, i + SHORTEST))?.find((known) => isCopy(text, known, i));
      if (secret === undefined) continue;
      result += text.slice(copied, i) + SENSITIVE;
      copied = i + secret.length;
      i = copied - 1;
    }
    return copied === 0 ? text : result + text.slice(copied);
  };
  const redact = (value: unknown): unknown => {
    if (typeof value === "string") return clean(value);
    if (typeof value === "number") return secrets.has(String(value)) ? SENSITIVE : value;
    if (Array.isArray(value)) return value.map(redact);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), redact(item)]));
  };
  return secrets.size === 0 ? (value) => value : (redact as Redact);
}

function isCopy(text: string, secret: string, at: number): boolean {
  if (!text.startsWith(secret, at)) return false;
  if (secret.length >= WITHIN_WORDS || !LIKE_A_WORD.test(secret)) return true;
  return !(isLetter(text[at - 1]) || isLetter(text[at + secret.length]));
}

/** `ring` stands in many others, and `1234` in many numbers; `x7Qz` in none. */
const LIKE_A_WORD = /^([A-Za-z]?[a-z]+|\d+)$/;

const isLetter = (char: string | undefined) => char !== undefined && /[a-z0-9]/i.test(char);

/** As it is, in a JSON text (JavaScript's and Go's) and one within another, in a URL and in base64 (user data). */
function spellings(secret: string): string[] {
  const json = inJson(secret);
  const go = json.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
  const url = encodeURIComponent(Buffer.from(secret).toString());
  return [...new Set([secret, json, go, inJson(json), inJson(go), url, ...base64Of(secret)])];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Within a longer text: three bytes are four letters, so there are three ways, less the letters that others share. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
      const own = Math.floor(((offset + bytes.length) * 4) / 3);
      return text.slice(offset === 0 ? 0 : offset + 1, own);
    })
    .filter((text) => text.length >= LONG_ENOUGH);
}

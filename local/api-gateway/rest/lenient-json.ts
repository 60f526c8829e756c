/**
 * Reads an object as API Gateway does for the `statusCode` of a MOCK: quotes may be single or missing, and a trailing
 * comma is allowed: `{statusCode: 200}`.
 * @returns undefined for anything else
 */
export function lenientObject(source: string): Readonly<Record<string, unknown>> | undefined {
  const strict = source.replace(
    TOKEN,
    (token, string: string | undefined, single: string | undefined, word: string | undefined) => {
      if (string !== undefined) return string;
      if (single !== undefined) return JSON.stringify(single.replace(/\\(.)/gs, "$1"));
      if (word !== undefined) return LITERAL.test(word) ? word : JSON.stringify(word);
      return token;
    },
  );
  try {
    const value: unknown = JSON.parse(strict.replace(/,(\s*[}\]])/g, "$1"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** A text in double or single quotes, or a bare word. */
const TOKEN = /("(?:[^"\\]|\\.)*")|'((?:[^'\\]|\\.)*)'|([^\s{}[\]:,"']+)/gs;
const LITERAL = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/;

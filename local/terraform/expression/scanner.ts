import { SyntaxFault } from "./syntax";

/** Reads a source from left to right. Outside of templates, space and comments before a token are skipped. */
export interface Scanner {
  atEnd(): boolean;
  /** Whether this token is next. */
  sees(token: string): boolean;
  take(token: string): boolean;
  expect(token: string): void;
  /** A keyword, which is no part of a longer name. */
  takeWord(word: string): boolean;
  identifier(): string | undefined;
  /** `.name` or `.0` directly after a value. */
  attribute(): string | undefined;
  number(): number | undefined;
  /** Literal text of a template, up to the next `${` or `%{` or the end. */
  text(end: '"' | undefined): string;
  /** The marker after `text`; undefined if the template has ended. */
  open(): "${" | "%{" | undefined;
  /** The brace that ends what `open` began. */
  close(): void;
  fault(expected: string): SyntaxFault;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

export function createScanner(source: string): Scanner {
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const skip = () => match(/(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);
  const sees = (token: string) => {
    skip();
    return (
      source.startsWith(token, at) && !LONGER.some(([one, other]) => one === token && source.startsWith(other, at))
    );
  };
  const fault = (expected: string) =>
    new SyntaxFault(`expected ${expected} before ${JSON.stringify(source.slice(at, at + 20) || "the end")}`);
  const take = (token: string) => {
    const found = sees(token);
    if (found) at += token.length;
    return found;
  };
  const escaped = (): string => {
    const unicode = match(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y);
    if (unicode) return String.fromCodePoint(Number.parseInt(unicode.slice(2), 16));
    const character = ESCAPES[source[at + 1] ?? ""];
    if (character === undefined) throw fault("an escape such as \\n");
    at += 2;
    return character;
  };
  return {
    fault,
    sees,
    take,
    atEnd: () => {
      skip();
      return at >= source.length;
    },
    expect: (token) => {
      if (!take(token)) throw fault(token);
    },
    takeWord: (word) => {
      skip();
      return match(new RegExp(`${word}(?![\\w-])`, "y")) !== undefined;
    },
    identifier: () => {
      skip();
      return match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
    },
    attribute: () =>
      match(/\s*\.(?:[\p{L}_][\p{L}\p{N}_-]*|\d+)/uy)
        ?.trim()
        .slice(1),
    number: () => {
      skip();
      const digits = match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
      return digits === undefined ? undefined : Number(digits);
    },
    text: (end) => {
      let found = "";
      while (at < source.length) {
        const plain = match(end ? /[^"\\$%]+/y : /[^$%]+/y);
        const character = source[at];
        if (plain) found += plain;
        else if (character === end) break;
        else if (end && character === "\\") found += escaped();
        else if (match(/\$\$\{|%%\{/y)) found += `${character}{`;
        else if (source[at + 1] === "{") break;
        else {
          found += character;
          at++;
        }
      }
      if (end && at >= source.length) throw fault(end);
      // A strip marker takes away space within its line and the line end next to it.
      return source.startsWith("~", at + 2) ? found.replace(/[^\n]*\n?$/, (line) => line.trimEnd()) : found;
    },
    open: () => {
      const opened = match(/[$%]\{~?/y);
      if (opened) return opened[0] === "$" ? "${" : "%{";
      if (at < source.length) at++; // the quote at the end
      return undefined;
    },
    close: () => {
      if (take("~}")) match(/[^\S\n]*\n?/y);
      else if (!take("}")) throw fault("}");
    },
  };
}

/** Tokens that begin with another token. */
const LONGER = [
  ["=", "=="],
  ["=", "=>"],
  ["!", "!="],
  ["[", "[*]"],
  ["<", "<="],
  [">", ">="],
] as const;

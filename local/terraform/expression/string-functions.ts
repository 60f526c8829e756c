import { ExpressionError } from "./expression-error";
import { format } from "./format";
import type { FunctionTable } from "./functions";
import { isList, toList, toNumber, toText } from "./values";

/** RE2's syntax is JavaScript's for what stacks use; its named groups are written `(?P<name>...)`. */
function regularExpression(pattern: unknown, flags = "u"): RegExp {
  try {
    return new RegExp(toText(pattern).replaceAll("(?P<", "(?<"), flags);
  } catch {
    throw new ExpressionError(`has the regular expression ${JSON.stringify(pattern)}, which is not valid`);
  }
}

/** Of a pattern with named groups an object, with groups a list, else the text that matches. */
function captured(match: RegExpMatchArray): unknown {
  if (match.groups) return { ...match.groups };
  return match.length > 1 ? match.slice(1).map((group) => group ?? null) : match[0];
}

/** `/.../` is a regular expression, whose replacement may hold `$1`, `$name` and `${name}`. */
function replace(text: unknown, search: unknown, replacement: unknown): string {
  const pattern = /^\/(.*)\/$/s.exec(toText(search))?.[1];
  if (pattern === undefined) return toText(text).split(toText(search)).join(toText(replacement));
  return toText(text).replace(regularExpression(pattern, "gu"), (...match: unknown[]) => {
    const last = match.at(-1);
    const groups = typeof last === "object" ? (last as Record<string, string>) : {};
    return toText(replacement).replace(/\$\$|\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name === undefined) return "$";
      return String((/^\d+$/.test(name) ? match[Number(name)] : groups[name]) ?? "");
    });
  });
}

const trimmed = (text: string, characters: string, sides: string): string => {
  let [from, to] = [0, text.length];
  if (sides.includes("left")) while (from < to && characters.includes(text[from] ?? "")) from++;
  if (sides.includes("right")) while (to > from && characters.includes(text[to - 1] ?? "")) to--;
  return text.slice(from, to);
};

export const stringFunctions: FunctionTable = {
  chomp: (text) => toText(text).replace(/[\r\n]+$/, ""),
  endswith: (text, end) => toText(text).endsWith(toText(end)),
  format: (spec, ...values) => format(toText(spec), values),
  formatlist: (spec, ...values) => {
    const length = Math.max(...values.filter(isList).map((list) => list.length), 0);
    return Array.from({ length }, (_, at) =>
      format(
        toText(spec),
        values.map((one) => (isList(one) ? one[at] : one)),
      ),
    );
  },
  indent: (spaces, text) => toText(text).replaceAll("\n", `\n${" ".repeat(toNumber(spaces))}`),
  join: (separator, ...values) => values.flatMap(toList).map(toText).join(toText(separator)),
  lower: (text) => toText(text).toLowerCase(),
  regex: (pattern, text) => {
    const match = toText(text).match(regularExpression(pattern));
    if (!match) throw new ExpressionError(`has no match of ${JSON.stringify(pattern)}`);
    return captured(match);
  },
  regexall: (pattern, text) => [...toText(text).matchAll(regularExpression(pattern, "gu"))].map(captured),
  replace,
  split: (separator, text) => toText(text).split(toText(separator)),
  startswith: (text, start) => toText(text).startsWith(toText(start)),
  strcontains: (text, part) => toText(text).includes(toText(part)),
  strrev: (text) => [...toText(text)].reverse().join(""),
  substr: (text, offset, length) => {
    const characters = [...toText(text)];
    const from = toNumber(offset) < 0 ? Math.max(0, characters.length + toNumber(offset)) : toNumber(offset);
    const count = toNumber(length);
    return characters.slice(from, count < 0 ? undefined : from + count).join("");
  },
  title: (text) =>
    toText(text).replace(/(^|[^\p{L}\p{N}_])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase()),
  trim: (text, characters) => trimmed(toText(text), toText(characters), "left right"),
  trimprefix: (text, prefix) =>
    toText(text).startsWith(toText(prefix)) ? toText(text).slice(toText(prefix).length) : text,
  trimspace: (text) => toText(text).trim(),
  trimsuffix: (text, suffix) => {
    const end = toText(suffix);
    return end !== "" && toText(text).endsWith(end) ? toText(text).slice(0, -end.length) : text;
  },
  upper: (text) => toText(text).toUpperCase(),
};

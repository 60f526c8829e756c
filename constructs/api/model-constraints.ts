/** From the rules behind a schema to keywords of JSON Schema draft-04. */

export interface Pipe {
  readonly kind: string;
  readonly type: string;
  readonly async: boolean;
  readonly requirement?: unknown;
  /** A schema, and the rules and transformations that follow it. */
  readonly pipe?: readonly Pipe[];
}

type Keywords = Readonly<Record<string, unknown>>;

/** Keywords for the rules that see the value as it was sent: those before the first transformation. */
export function constraints(schema: Pipe): Keywords {
  return untransformed(schema)
    .map((rule) => keywordsOf(schema.type, rule))
    .reduce(both, {});
}

const keeps = ({ kind }: Pipe) => kind === "validation" || kind === "metadata";

function untransformed({ pipe = [] }: Pipe): readonly Pipe[] {
  const [first, ...rest] = pipe;
  if (!first || transforms(first)) return [];
  const end = rest.findIndex((rule) => !keeps(rule));
  return end < 0 ? rest : rest.slice(0, end);
}

const transforms = ({ pipe: [first, ...rest] = [] }: Pipe): boolean =>
  !rest.every(keeps) || (first !== undefined && transforms(first));

/** Of two bounds the stricter one, inclusive: which of them was the exclusive one no longer matters then. */
function both(a: Keywords, b: Keywords): Keywords {
  const bounds = Object.entries(b).map(([keyword, value]) => {
    const other = a[keyword];
    if (typeof value !== "number" || typeof other !== "number") return [keyword, other ?? value];
    return [keyword, keyword.startsWith("min") ? Math.max(value, other) : Math.min(value, other)];
  });
  const { exclusiveMinimum, exclusiveMaximum, ...all } = { ...a, ...b, ...Object.fromEntries(bounds) };
  const twice = (keyword: string) => keyword in a && keyword in b;
  return {
    ...all,
    ...(exclusiveMinimum && !twice("minimum") && { exclusiveMinimum }),
    ...(exclusiveMaximum && !twice("maximum") && { exclusiveMaximum }),
  };
}

function keywordsOf(type: string, { type: rule, requirement }: Pipe): Keywords {
  if (type === "string") return textKeywords(rule, requirement);
  if (type === "array") return lengths("Items", rule, requirement, (length) => length);
  if (type === "number") return numberKeywords(rule, requirement);
  return {};
}

/**
 * valibot counts UTF-16 code units, draft-04 code points: a text of two units may be one point. Formats are judged in other
 * ways by other parsers, and left to the handler.
 */
function textKeywords(rule: string, requirement: unknown): Keywords {
  if (rule === "regex")
    return requirement instanceof RegExp && isPortable(requirement) ? { pattern: requirement.source } : {};
  return lengths("Length", rule, requirement, (length) => Math.ceil(length / 2));
}

function lengths(of: string, rule: string, requirement: unknown, least: (length: number) => number): Keywords {
  if (rule === "non_empty") return { [`min${of}`]: 1 };
  if (typeof requirement !== "number" || !Number.isInteger(requirement) || requirement < 0) return {};
  if (rule === "min_length") return { [`min${of}`]: least(requirement) };
  if (rule === "max_length") return { [`max${of}`]: requirement };
  return rule === "length" ? { [`min${of}`]: least(requirement), [`max${of}`]: requirement } : {};
}

/** Draft-04 writes an exclusive bound as a flag. Its `integer` does not take 1.0, which JSON.parse cannot tell from 1. */
function numberKeywords(rule: string, requirement: unknown): Keywords {
  if (rule === "integer" || rule === "safe_integer") return { multipleOf: 1 };
  if (typeof requirement !== "number" || !Number.isFinite(requirement)) return {};
  switch (rule) {
    case "min_value":
      return { minimum: requirement };
    case "max_value":
      return { maximum: requirement };
    case "gt_value":
      return { minimum: requirement, exclusiveMinimum: true };
    case "lt_value":
      return { maximum: requirement, exclusiveMaximum: true };
    default:
      return {};
  }
}

/**
 * Regular expressions that JavaScript and Java read alike: anchors, ASCII text, classes of ASCII characters, groups,
 * alternatives and quantifiers. No flags; no `.`, `\s`, `\b` or negated class, which differ in line ends, blanks and surrogates.
 */
function isPortable({ source, flags }: RegExp): boolean {
  const escaped = String.raw`\\[dw.^$*+?()[\]{}|\/-]`;
  const inClass = String.raw`(?:[\w ,:;@#%=!~<>'"/.*+?(){}|$-]|${escaped})`;
  const one = String.raw`(?:[\w ,:;@#%&=!~<>'"/-]|${escaped}|\[${inClass}+\]|\))`;
  const quantifier = String.raw`(?:[*+?]|\{\d+(?:,\d*)?\})`;
  return flags === "" && new RegExp(String.raw`^(?:${one}${quantifier}?|\((?:\?:)?|[|^$])*$`).test(source);
}

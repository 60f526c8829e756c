import { ExpressionError } from "./expression-error";
import { encodeJson, toNumber, toText } from "./values";

const VERB = /%(?<flags>[-+ #0]*)(?<width>\d+)?(?:\.(?<precision>\d+))?(?:\[(?<index>\d+)\])?(?<verb>.)/gsu;

/** Terraform's `format`: https://developer.hashicorp.com/terraform/language/functions/format */
export function format(spec: string, values: readonly unknown[]): string {
  let next = 0;
  const text = spec.replace(VERB, (...args) => {
    const { flags = "", width, precision, index, verb } = args.at(-1) as Record<string, string | undefined>;
    if (verb === "%") return "%";
    const at = index === undefined ? next : Number(index) - 1;
    next = at + 1;
    if (at >= values.length) throw new ExpressionError(`has too few arguments of format() for ${JSON.stringify(spec)}`);
    const shown = printed(verb ?? "", values[at], precision === undefined ? undefined : Number(precision), flags);
    return padded(shown, Number(width ?? 0), flags);
  });
  if (next < values.length && !/%[^%]*\[\d+\]/.test(spec)) {
    throw new ExpressionError(`has too many arguments of format() for ${JSON.stringify(spec)}`);
  }
  return text;
}

function printed(verb: string, value: unknown, precision: number | undefined, flags: string): string {
  switch (verb) {
    case "s":
      return typeof value === "object" ? encodeJson(value) : cut(toText(value), precision);
    case "v":
      return typeof value === "object" || flags.includes("#") ? encodeJson(value) : toText(value);
    case "q":
      return JSON.stringify(toText(value));
    case "d":
      return signed(Math.trunc(toNumber(value)).toString(), flags);
    case "b":
      return Math.trunc(toNumber(value)).toString(2);
    case "o":
      return Math.trunc(toNumber(value)).toString(8);
    case "x":
      return typeof value === "string" ? Buffer.from(value).toString("hex") : toNumber(value).toString(16);
    case "X":
      return toNumber(value).toString(16).toUpperCase();
    case "f":
      return signed(toNumber(value).toFixed(precision ?? 6), flags);
    case "e":
      return toNumber(value)
        .toExponential(precision ?? 6)
        .replace(/e([+-])(\d)$/, "e$10$2");
    case "g":
      return String(toNumber(value));
    case "t":
      return toText(value);
    default:
      throw new ExpressionError(`has the verb %${verb} in format(), which is not known`);
  }
}

const cut = (text: string, precision: number | undefined) =>
  precision === undefined ? text : [...text].slice(0, precision).join("");
const signed = (digits: string, flags: string) =>
  flags.includes("+") && !digits.startsWith("-") ? `+${digits}` : digits;

function padded(text: string, width: number, flags: string): string {
  if (flags.includes("-")) return text.padEnd(width);
  const sign = flags.includes("0") ? (/^[+-]/.exec(text)?.[0] ?? "") : "";
  return flags.includes("0") ? sign + text.slice(sign.length).padStart(width - sign.length, "0") : text.padStart(width);
}

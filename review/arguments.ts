/** The command line: `plan.json [--format markdown|text|json] [--allow KIND ...]`. */
import { parseArgs } from "node:util";
import { type Allowance, allowanceHelp, readAllowance } from "./allowance";
import { visible } from "./render/escape";

export const formats = ["markdown", "text", "json"] as const;
export type Format = (typeof formats)[number];

export interface Arguments {
  readonly file: string;
  readonly format: Format;
  readonly allowances: readonly Allowance[];
}

export const usage = `usage: npm run review -- plan.json [--format ${formats.join("|")}] [--allow KIND[=ADDRESS] ...]`;

/** @throws Error that names the first argument that is wrong */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  // `--allow A B`: with the option given, what names a kind is an allowance
  const isExtra = (word: string) => values.allow !== undefined && readAllowance(word) !== undefined;
  const [file, ...others] = positionals.filter((word) => !isExtra(word));
  if (file === undefined) throw new Error(`plan.json must be given\n${usage}`);
  if (others.length > 0) throw new Error(`plan.json must be one file, got ${visible(others.join(" "))} too\n${usage}`);
  return {
    file,
    format: readFormat(values.format ?? "text"),
    allowances: [...(values.allow ?? []), ...positionals.filter(isExtra)].map(toAllowance),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: "string" }, allow: { type: "string", multiple: true } },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function readFormat(word: string): Format {
  const format = formats.find((known) => known === word);
  if (!format) throw new Error(`--format must be one of ${formats.join(", ")}, got ${visible(word)}`);
  return format;
}

function toAllowance(word: string): Allowance {
  const allowance = readAllowance(word);
  if (!allowance) throw new Error(`--allow must be ${allowanceHelp}, got ${visible(word)}`);
  return allowance;
}

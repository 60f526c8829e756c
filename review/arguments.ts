/** The command line: `plan.json [--format markdown|text|json] [--allow KIND ...]`. */
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
export function readArguments(given: readonly string[]): Arguments {
  const words = given.flatMap((word) => (/^--(format|allow)=/.test(word) ? split(word) : [word]));
  let file: string | undefined;
  let format: Format = "text";
  const allowances: Allowance[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? "";
    if (word === "--format") {
      format = readFormat(words[++i]);
    } else if (word === "--allow") {
      allowances.push(required(words[++i]));
      // `--allow A B`: what follows is an allowance as long as it names a kind
      for (let more = readAllowance(words[i + 1] ?? ""); more; more = readAllowance(words[i + 1] ?? "")) {
        allowances.push(more);
        i += 1;
      }
    } else if (word.startsWith("--") || file !== undefined) {
      throw new Error(`${visible(word)} is no argument that is known\n${usage}`);
    } else {
      file = word;
    }
  }
  if (file === undefined) throw new Error(`plan.json must be given\n${usage}`);
  return { file, format, allowances };
}

const split = (word: string) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)];

function readFormat(word: string | undefined): Format {
  const format = formats.find((known) => known === word);
  if (!format) throw new Error(`--format must be one of ${formats.join(", ")}, got ${visible(word ?? "nothing")}`);
  return format;
}

function required(word: string | undefined): Allowance {
  const allowance = readAllowance(word ?? "");
  if (!allowance) throw new Error(`--allow must be ${allowanceHelp}, got ${visible(word ?? "nothing")}`);
  return allowance;
}

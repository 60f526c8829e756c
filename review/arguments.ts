/** The command line: `plan.json [--format F] [--allow KIND [--reason TEXT] ...] [--rules FOLDER]`. */
import { parseArgs } from "node:util";
import { type Allowance, allowanceHelp, readAllowance } from "./allowance";
import { visible } from "./render/escape";

export const formats = ["markdown", "text", "json", "sarif"] as const;
export type Format = (typeof formats)[number];

export interface Arguments {
  readonly file: string;
  readonly format: Format;
  readonly allowances: readonly Allowance[];
  /** Folders of rules beside the built-in ones. */
  readonly ruleFolders: readonly string[];
}

export const usage = `usage: npm run review -- plan.json [--format ${formats.join("|")}] [--allow KIND[=ADDRESS] ... [--reason TEXT]] [--rules FOLDER]`;

/** @throws Error that names the first argument that is wrong */
export function readArguments(args: readonly string[]): Arguments {
  const { values, tokens } = parse(args);
  const files: string[] = [];
  const allowances: Allowance[] = [];
  let explained = 0;
  for (const token of tokens) {
    if (token.kind === "positional") {
      // `--allow A B`: with the option given, what names a kind is an allowance
      const extra = values.allow && readAllowance(token.value);
      if (extra) allowances.push(extra);
      else files.push(token.value);
    } else if (token.kind === "option" && token.name === "allow") {
      allowances.push(toAllowance(token.value ?? ""));
    } else if (token.kind === "option" && token.name === "reason") {
      if (explained === allowances.length) throw new Error(`--reason must follow the --allow that it is for\n${usage}`);
      // of every allowance since the last reason
      for (; explained < allowances.length; explained += 1) {
        allowances[explained] = { ...(allowances[explained] as Allowance), reason: token.value ?? "" };
      }
    }
  }
  const [file, ...others] = files;
  if (file === undefined) throw new Error(`plan.json must be given\n${usage}`);
  if (others.length > 0) throw new Error(`plan.json must be one file, got ${visible(others.join(" "))} too\n${usage}`);
  return { file, format: readFormat(values.format ?? "text"), allowances, ruleFolders: values.rules ?? [] };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: {
        format: { type: "string" },
        allow: { type: "string", multiple: true },
        reason: { type: "string", multiple: true },
        rules: { type: "string", multiple: true },
      },
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

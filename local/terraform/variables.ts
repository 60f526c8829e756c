/** Values of Terraform's variables: https://developer.hashicorp.com/terraform/language/values/variables */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate } from "./expression/evaluate";
import { ExpressionError } from "./expression/expression-error";
import { parseAssignments, parseExpression } from "./expression/parse";
import type { Expression } from "./expression/syntax";
import { isTrue, toNumber } from "./expression/values";
import { type JsonObject, nested } from "./json";
import { StackError } from "./stack-error";

export interface Variables {
  has(name: string): boolean;
  /** @throws StackError for a variable without a value */
  get(name: string): unknown;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param folder that may hold `terraform.tfvars`, `*.auto.tfvars` and their JSON forms, which take precedence
 * @param environment with `TF_VAR_name`
 */
export function createVariables(declared: JsonObject, folder: string, environment: Environment): Variables {
  const files = fileValues(folder);
  return {
    has: (name) => Object.hasOwn(declared, name),
    get(name) {
      const { default: fallback, type } = nested(declared[name]) ?? {};
      const expected = String(type ?? "").replace(/^\$\{(.*)\}$/s, "$1");
      const fromShell = environment[`TF_VAR_${name}`];
      if (files.has(name)) return converted(name, files.get(name), expected);
      if (fromShell !== undefined) return converted(name, fromEnvironment(name, fromShell, expected), expected);
      if (fallback !== undefined) return fallback;
      throw new StackError(
        `var.${name} must have a value, got none: set TF_VAR_${name}, or write it to terraform.tfvars`,
      );
    },
  };
}

function fileValues(folder: string): ReadonlyMap<string, unknown> {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name)).sort();
  const found = new Map<string, unknown>();
  for (const name of ["terraform.tfvars", "terraform.tfvars.json", ...automatic].filter((one) => names.includes(one))) {
    for (const [variable, value] of assignments(join(folder, name))) found.set(variable, value);
  }
  return found;
}

function assignments(file: string): (readonly [string, unknown])[] {
  try {
    const text = readFileSync(file, "utf8");
    if (file.endsWith(".json")) return Object.entries(JSON.parse(text) as JsonObject);
    return parseAssignments(text).map(([name, expression]) => [name, constant(expression)]);
  } catch (error) {
    throw new StackError(`${file} must assign values to variables: ${(error as Error).message.split("\n")[0]}`);
  }
}

const constant = (expression: Expression): unknown =>
  evaluate(expression, {
    folder: ".",
    variables: {},
    root: (name) => {
      throw new ExpressionError(`${name} is not a value`);
    },
  });

/** Text for the simple types; an expression for lists, maps and objects. */
function fromEnvironment(name: string, text: string, type: string): unknown {
  if (["", "any", "string", "number", "bool"].includes(type)) return text;
  try {
    return constant(parseExpression(text));
  } catch (error) {
    throw new StackError(`TF_VAR_${name} must be a ${type}, got ${JSON.stringify(text)}: ${(error as Error).message}`);
  }
}

function converted(name: string, value: unknown, type: string): unknown {
  try {
    if (type === "number") return toNumber(value);
    if (type === "bool") return isTrue(value);
    return type === "string" && typeof value !== "object" ? String(value) : value;
  } catch {
    throw new StackError(`var.${name} must be a ${type}, got ${JSON.stringify(value)}`);
  }
}

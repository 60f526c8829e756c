import { StackError } from "../stack-error";
import { collectionFunctions } from "./collection-functions";
import { encodingFunctions } from "./encoding-functions";
import type { Names } from "./evaluate";
import { ExpressionError } from "./expression-error";
import { fileFunctions } from "./file-functions";
import { numberFunctions } from "./number-functions";
import { stringFunctions } from "./string-functions";
import type { Expression } from "./syntax";
import { toList } from "./values";

/** https://developer.hashicorp.com/terraform/language/functions */
export type TerraformFunction = (...args: readonly unknown[]) => unknown;
export type FunctionTable = Readonly<Record<string, TerraformFunction>>;

const FUNCTIONS: FunctionTable = {
  ...collectionFunctions,
  ...encodingFunctions,
  ...numberFunctions,
  ...stringFunctions,
};

type Call = Expression & { readonly kind: "call" };
type Evaluate = (node: Expression, names: Names) => unknown;

export function callFunction({ name, args, expand }: Call, names: Names, evaluate: Evaluate): unknown {
  if (name === "try") return firstThatWorks(args, names, evaluate);
  if (name === "can") return works(args, names, evaluate);
  const values = args.map((arg) => evaluate(arg, names));
  const all = expand ? [...values.slice(0, -1), ...toList(values.at(-1))] : values;
  const table = { ...FUNCTIONS, ...fileFunctions(names.folder) };
  const body = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!body) throw new ExpressionError(`uses the function ${name}, which is not evaluated locally`);
  return body(...all);
}

function firstThatWorks(args: Call["args"], names: Names, evaluate: Evaluate): unknown {
  for (const arg of args) {
    try {
      return evaluate(arg, names);
    } catch (error) {
      rethrowUnlessFault(error);
    }
  }
  throw new ExpressionError("has no argument of try() that can be evaluated");
}

function works(args: Call["args"], names: Names, evaluate: Evaluate): boolean {
  try {
    for (const arg of args) evaluate(arg, names);
    return true;
  } catch (error) {
    rethrowUnlessFault(error);
    return false;
  }
}

function rethrowUnlessFault(error: unknown): void {
  if (!(error instanceof ExpressionError) && !(error instanceof StackError)) throw error;
}

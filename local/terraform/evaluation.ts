import { derive } from "./derive";
import { parts, traversal } from "./interpolation";
import type { JsonObject } from "./json";
import { StackError } from "./stack-error";
import { support } from "./support";

/** What expressions of the stack can refer to. */
export interface Evaluation {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly variables: JsonObject;
  readonly locals: JsonObject;
  /** Resolves every reference inside a value. `where` begins the error message: `aws_x.y: attribute`. */
  resolve(value: unknown, where: string): unknown;
  /** A stable identifier for an address; see derive. */
  id(address: string, alphabet: string, length: number): string;
}

interface Names {
  readonly stackName: string;
  /** The block at an address, as far as it was declared. */
  address(address: string): { readonly values: JsonObject } | undefined;
}

/** The account of every local stack: no AWS account has this number. */
const ACCOUNT_ID = "000000000000";
/** The region of a provider block that leaves it to the environment. */
const DEFAULT_REGION = "us-east-1";

export function createEvaluation(json: JsonObject, names: Names): Evaluation {
  const variables = object(json.variable);
  const locals = object(json.locals);
  const evaluation: Evaluation = {
    stackName: names.stackName,
    get region() {
      return providerRegion(json, evaluation);
    },
    accountId: ACCOUNT_ID,
    variables,
    locals,
    resolve: (value, where) =>
      resolveValue(value, (expression) => evaluate(expression, evaluation, names, where), where),
    id: (address, alphabet, length) => derive(`${names.stackName}/${address}`, alphabet, length),
  };
  return { ...evaluation, region: evaluation.region };
}

function resolveValue(value: unknown, evaluated: (expression: string) => unknown, where: string): unknown {
  if (typeof value === "string") return resolveString(value, evaluated, where);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, evaluated, where));
  if (typeof value !== "object" || value === null) return value;
  const resolved = Object.entries(value).map(([key, item]) => [
    resolveString(key, evaluated, where),
    resolveValue(item, evaluated, where),
  ]);
  return Object.fromEntries(resolved);
}

/** A lone expression keeps its type; among other text it becomes text. */
function resolveString(source: string, evaluated: (expression: string) => unknown, where: string): unknown {
  if (!source.includes("{")) return source;
  const [first, ...rest] = parts(source);
  if (first && "expression" in first && rest.length === 0) return evaluated(first.expression);
  return parts(source)
    .map((part) => {
      if ("literal" in part) return part.literal;
      const value = evaluated(part.expression);
      if (typeof value === "object") throw new StackError(`${where}: "\${${part.expression}}" is not text`);
      return String(value);
    })
    .join("");
}

function evaluate(expression: string, evaluation: Evaluation, names: Names, where: string): unknown {
  const steps = traversal(expression);
  if (!steps) throw new StackError(`${where}: "\${${expression}}" is an expression that is not resolved locally`);
  const missing = () => new StackError(`${where}: "\${${expression}}" refers to nothing in cdk.tf.json`);
  const [root = "", ...path] = steps;
  const walk = (from: unknown, rest: readonly string[]) => {
    const value = rest.reduce<unknown>(step, from);
    if (value === undefined) throw missing();
    return value;
  };
  if (root === "path") return ".";
  if (root === "var")
    return walk(evaluation.resolve(object(evaluation.variables[path[0] ?? ""]).default, where), path.slice(1));
  if (root === "local") return walk(evaluation.resolve(evaluation.locals[path[0] ?? ""], where), path.slice(1));
  const length = root === "data" ? 3 : 2;
  const address = steps.slice(0, length).join(".");
  const block = names.address(address);
  const isKnown = support(address, steps[length - 2] ?? "", {}) !== "not emulated";
  if (block && !isKnown && !((steps[length] ?? "") in block.values)) {
    throw new StackError(`${where}: "\${${expression}}" is declared, but its value is not known locally`);
  }
  return walk(block?.values, steps.slice(length));
}

/** One step into a value. A nested block that was written as an object also accepts `[0]`, as in Terraform. */
function step(from: unknown, key: string): unknown {
  if (typeof from !== "object" || from === null) return undefined;
  if (Array.isArray(from)) return from[Number(key)];
  if (key === "0" && !Object.hasOwn(from, key)) return from;
  return Object.hasOwn(from, key) ? (from as JsonObject)[key] : undefined;
}

function providerRegion(json: JsonObject, evaluation: Evaluation): string {
  const providers = [object(json.provider).aws ?? []].flat().map(object);
  const main = providers.find((provider) => provider.alias === undefined) ?? providers[0];
  const region = main?.region === undefined ? undefined : evaluation.resolve(main.region, "provider.aws: region");
  return typeof region === "string" ? region : DEFAULT_REGION;
}

/** An object, or the first of a list of objects; anything else is empty. */
function object(value: unknown): JsonObject {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "object" && first !== null ? (first as JsonObject) : {};
}

import { derive } from "./derive";
import { expandDynamic } from "./dynamic";
import { evaluate, type Names } from "./expression/evaluate";
import { ExpressionError } from "./expression/expression-error";
import { isTemplate, parseString, SyntaxFault } from "./interpolation";
import { type JsonObject, nested } from "./json";
import { StackError } from "./stack-error";
import { isServedType } from "./support";
import { createVariables, type Environment, type Variables } from "./variables";

/** Variables of one block: `each`, `count`, and what a `dynamic` block iterates over. */
export type BlockVariables = Readonly<Record<string, unknown>>;

/** What the expressions of a stack evaluate to. */
export interface Evaluation {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly variables: Variables;
  readonly locals: JsonObject;
  /**
   * Evaluates every expression inside a value. `where` begins the error message: `aws_x.y: attribute`.
   * @throws StackError
   */
  resolve(value: unknown, where: string, variables?: BlockVariables): unknown;
  /** A stable identifier for an address; see derive. */
  id(address: string, alphabet: string, length: number): string;
}

export interface Declared {
  readonly folder: string;
  readonly stackName: string;
  readonly environment: Environment;
  /** The values at an address: with `count` a list, with `for_each` a map. Undefined if nothing is declared there. */
  address(address: string): unknown;
}

/** The account of every local stack: no AWS account has this number. */
const ACCOUNT_ID = "000000000000";
/** The region of a provider block that leaves it to the environment. */
const DEFAULT_REGION = "us-east-1";

export function createEvaluation(json: JsonObject, declared: Declared): Evaluation {
  const { folder, stackName, environment } = declared;
  const locals = nested(json.locals) ?? {};
  const variables = createVariables(nested(json.variable) ?? {}, folder, environment);
  const names = (own: BlockVariables): Names => ({
    folder,
    variables: own,
    root: (name, attributes) => root(name, attributes),
  });
  const resolve: Evaluation["resolve"] = (value, where, own = {}) =>
    resolveValue(value, own, (source, more) => evaluateString(source, where, names(more)));
  const local = createLocals(locals, resolve);

  function root(name: string, attributes: readonly string[]): { value: unknown; used: number } {
    const [first = ""] = attributes;
    if (name === "var") return { value: variables.has(first) ? variables.get(first) : undefined, used: 1 };
    if (name === "local") return { value: local(first), used: 1 };
    if (name === "path") return { value: ".", used: 1 };
    if (name === "terraform" && first === "workspace") return { value: "default", used: 1 };
    if (name === "each" || name === "count")
      throw new ExpressionError(`has no ${name} here: the block has no ${MULTIPLIERS[name]}`);
    const used = name === "data" ? 2 : 1;
    const address = [name, ...attributes.slice(0, used)].join(".");
    const value = declared.address(address);
    const unknown = nested(value) && !((attributes[used] ?? "") in (nested(value) ?? {}));
    if (unknown && !isServedType(address, name === "data" ? first : name)) {
      throw new ExpressionError("is declared, but its value is not known locally");
    }
    return { value, used };
  }

  const region = providerRegion(json, resolve);
  const id: Evaluation["id"] = (address, alphabet, length) => derive(`${stackName}/${address}`, alphabet, length);
  return { stackName, region, accountId: ACCOUNT_ID, variables, locals, resolve, id };
}

const MULTIPLIERS = { each: "for_each", count: "count" } as const;

/** Local values, each evaluated once. @throws StackError for a value that refers to itself */
function createLocals(locals: JsonObject, resolve: Evaluation["resolve"]): (name: string) => unknown {
  const known = new Map<string, unknown>();
  const open: string[] = [];
  return (name) => {
    const address = `local.${name}`;
    if (open.includes(address)) {
      throw new StackError(
        `${address} refers to itself: ${[...open.slice(open.indexOf(address)), address].join(" -> ")}`,
      );
    }
    if (known.has(name)) return known.get(name);
    open.push(address);
    try {
      const value = resolve(locals[name], address);
      known.set(name, value);
      return value;
    } finally {
      open.pop();
    }
  };
}

type EvaluateString = (source: string, variables: BlockVariables) => unknown;

function resolveValue(value: unknown, variables: BlockVariables, evaluated: EvaluateString): unknown {
  const inner = (item: unknown, more = variables) => resolveValue(item, more, evaluated);
  if (typeof value === "string") return isTemplate(value) ? evaluated(value, variables) : value;
  if (Array.isArray(value)) return value.map((item) => inner(item));
  if (typeof value !== "object" || value === null) return value;
  const blocks = expandDynamic(value as JsonObject, variables, inner);
  const keys = Object.entries(value).filter(([key]) => key !== "dynamic" || !blocks);
  const resolved = keys.map(
    ([key, item]) => [isTemplate(key) ? String(evaluated(key, variables)) : key, inner(item)] as const,
  );
  return { ...Object.fromEntries(resolved), ...blocks };
}

function evaluateString(source: string, where: string, names: Names): unknown {
  try {
    const value = evaluate(parseString(source), names);
    if (value === undefined) throw new ExpressionError("refers to nothing in cdk.tf.json");
    return value;
  } catch (error) {
    const shown = JSON.stringify(source.length > 200 ? `${source.slice(0, 200)}...` : source).replaceAll('\\"', '"');
    if (error instanceof ExpressionError) throw new StackError(`${where}: ${shown} ${error.message}`);
    if (error instanceof SyntaxFault) throw new StackError(`${where}: ${shown} is no expression: ${error.message}`);
    if (error instanceof RangeError)
      throw new StackError(`${where}: ${shown} is nested too deeply, or its value is too large`);
    throw error;
  }
}

function providerRegion(json: JsonObject, resolve: Evaluation["resolve"]): string {
  const providers = [nested(json.provider)?.aws ?? []].flat().map((provider) => nested(provider) ?? {});
  const main = providers.find((provider) => provider.alias === undefined) ?? providers[0];
  const region = main?.region === undefined ? undefined : resolve(main.region, "provider.aws: region");
  return typeof region === "string" ? region : DEFAULT_REGION;
}

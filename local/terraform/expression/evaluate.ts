import { ExpressionError } from "./expression-error";
import { callFunction } from "./functions";
import type { Expression, Loop } from "./syntax";
import { describe, isList, isObject, isTrue, sorted, toNumber, toText } from "./values";

/** What names mean: `var`, `local`, `aws_lambda_function`, a variable of a loop. */
export interface Names {
  /** Variables of loops, `each`, `count`, and what a `dynamic` block iterates over. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The value of `name`, which is no variable, and how many of the attributes after it have been used up. */
  root(name: string, attributes: readonly string[]): { readonly value: unknown; readonly used: number };
  /** Folder that file functions read from. */
  readonly folder: string;
}

/** @throws ExpressionError without a place: the caller knows where the expression stands */
export function evaluate(node: Expression, names: Names): unknown {
  const inner = (of: Expression) => evaluate(of, names);
  switch (node.kind) {
    case "literal":
      return node.value;
    case "template":
      return node.parts.map((part) => toText(inner(part))).join("");
    case "if":
      return inner(isTrue(inner(node.condition)) ? node.yes : node.no);
    case "repeat":
      return iterate(node.loop, names, (scope) => toText(evaluate(node.body, scope))).join("");
    case "name":
    case "attribute":
      return path(node, [], names);
    case "index":
      return step(inner(node.of), inner(node.key));
    case "splat":
      return splat(inner(node.of)).map((item) => evaluate(node.each, withVariables(names, { [ITEM]: item })));
    case "item":
      return names.variables[ITEM];
    case "call":
      return callFunction(node, names, evaluate);
    case "unary":
      return node.operator === "!" ? !isTrue(inner(node.of)) : -toNumber(inner(node.of));
    case "binary":
      return operate(
        node.operator,
        () => inner(node.left),
        () => inner(node.right),
      );
    case "list":
      return node.items.map(inner);
    case "object":
      return Object.fromEntries(node.entries.map(([key, value]) => [toText(inner(key)), inner(value)]));
    case "for":
      return comprehension(node, names);
  }
}

/** No name of Terraform's. */
const ITEM = "[*]";

const withVariables = (names: Names, more: Readonly<Record<string, unknown>>): Names => ({
  ...names,
  variables: { ...names.variables, ...more },
});

/** A name with the attributes after it: of a resource, type and name are one step. */
function path(node: Expression, attributes: readonly string[], names: Names): unknown {
  if (node.kind === "attribute") return path(node.of, [node.name, ...attributes], names);
  if (node.kind !== "name" || Object.hasOwn(names.variables, node.name)) {
    const from = node.kind === "name" ? names.variables[node.name] : evaluate(node, names);
    return attributes.reduce(step, from);
  }
  const { value, used } = names.root(node.name, attributes);
  return attributes.slice(used).reduce(step, value);
}

/** One step into a value. A nested block that was written as an object also accepts `[0]`, as in Terraform. */
export function step(from: unknown, key: unknown): unknown {
  const value = find(from, key);
  if (value === undefined) throw new ExpressionError("refers to nothing in cdk.tf.json");
  return value;
}

function find(from: unknown, key: unknown): unknown {
  if (isList(from)) return from[toNumber(key)];
  if (!isObject(from)) return undefined;
  const name = String(key);
  if (name === "0" && !Object.hasOwn(from, name)) return from;
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

/** A single value is a list of one, null is none. */
const splat = (value: unknown): readonly unknown[] => (isList(value) ? value : value === null ? [] : [value]);

function iterate<T>({ key, value, of }: Loop, names: Names, body: (names: Names) => T): T[] {
  const collection = evaluate(of, names);
  if (!isList(collection) && !isObject(collection))
    throw new ExpressionError(`for needs a list or a map, got ${describe(collection)}`);
  const pairs = isList(collection)
    ? collection.map((item, at) => [at, item] as const)
    : sorted(Object.keys(collection)).map((name) => [name, collection[name]] as const);
  return pairs.map(([name, item]) => body(withVariables(names, { ...(key && { [key]: name }), [value]: item })));
}

function comprehension(node: Expression & { kind: "for" }, names: Names): unknown {
  const { loop, condition, key, value, grouped } = node;
  const rows = iterate(loop, names, (scope) => {
    if (condition && !isTrue(evaluate(condition, scope))) return [];
    return [[key ? toText(evaluate(key, scope)) : "", evaluate(value, scope)] as const];
  }).flat();
  if (!key) return rows.map(([, item]) => item);
  if (!grouped) return Object.fromEntries(rows);
  const groups: Record<string, unknown[]> = {};
  for (const [name, item] of rows) groups[name] = [...(groups[name] ?? []), item];
  return groups;
}

function operate(operator: string, left: () => unknown, right: () => unknown): unknown {
  switch (operator) {
    case "||":
      return isTrue(left()) || isTrue(right());
    case "&&":
      return isTrue(left()) && isTrue(right());
    case "==":
      return equal(left(), right());
    case "!=":
      return !equal(left(), right());
    default:
      return arithmetic(operator, toNumber(left()), toNumber(right()));
  }
}

function arithmetic(operator: string, left: number, right: number): unknown {
  switch (operator) {
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    case ">=":
      return left >= right;
    case "+":
      return rounded(left + right);
    case "-":
      return rounded(left - right);
    case "*":
      return rounded(left * right);
    case "/":
      if (right === 0) throw new ExpressionError("division by zero");
      return left / right;
    default:
      return left % right;
  }
}

/** Without the error of binary fractions: Terraform's numbers are decimal. */
const rounded = (value: number) => Number(value.toPrecision(15));

/** Values of different types are never equal. */
export function equal(left: unknown, right: unknown): boolean {
  if (isList(left))
    return isList(right) && left.length === right.length && left.every((item, at) => equal(item, right[at]));
  if (!isObject(left)) return left === right;
  if (!isObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => equal(left[key], right[key]));
}

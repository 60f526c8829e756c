/** The blocks of a stack: with `count` or `for_each`, one declaration stands for several. */
import { computedAttributes } from "./computed";
import { dynamicBlocks, elements } from "./dynamic";
import type { BlockVariables, Evaluation } from "./evaluation";
import type { JsonObject } from "./json";
import type { Block } from "./read-stack";
import { StackError } from "./stack-error";

/** A resource or data source as written in the JSON. */
export interface Declaration {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

export interface Blocks {
  has(address: string): boolean;
  instances(declaration: Declaration): readonly Block[];
  /** @param kind a type; of a data source with `data.` before it */
  ofType(kind: string): readonly Block[];
  /** What an expression sees at an address. */
  valuesAt(address: string): unknown;
}

/** Arguments of Terraform itself, not of the resource. */
const META = new Set(
  "// depends_on lifecycle provider provisioner connection timeouts count for_each dynamic".split(" "),
);

interface Expanded {
  readonly blocks: readonly Block[];
  /** A list with `count`, a map with `for_each`. */
  readonly values: unknown;
}

export function createBlocks(declarations: readonly Declaration[], evaluation: Evaluation): Blocks {
  const byAddress = new Map(declarations.map((one) => [one.address, one]));
  const byKind = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const kind = declaration.address.slice(0, -declaration.name.length - 1);
    const others = byKind.get(kind);
    if (others) others.push(declaration);
    else byKind.set(kind, [declaration]);
  }
  const known = new Map<Declaration, () => Expanded>();
  const expanded = (declaration: Declaration): Expanded => {
    const read = known.get(declaration) ?? once(() => expand(declaration, evaluation), declaration.address);
    known.set(declaration, read);
    return read();
  };
  const lists = new Map<string, readonly Block[]>();
  return {
    has: (address) => byAddress.has(address),
    instances: (declaration) => expanded(declaration).blocks,
    ofType(kind) {
      const list = lists.get(kind) ?? (byKind.get(kind) ?? []).flatMap((one) => expanded(one).blocks);
      lists.set(kind, list);
      return list;
    },
    valuesAt(address) {
      const declaration = byAddress.get(address);
      return declaration && expanded(declaration).values;
    },
  };
}

function expand(declaration: Declaration, evaluation: Evaluation): Expanded {
  const { address, body } = declaration;
  const make = (suffix: string, variables: BlockVariables): Block => {
    const { type, name } = declaration;
    const own = `${address}${suffix}`;
    return { address: own, type, name, values: lazyValues(evaluation, { ...declaration, address: own }, variables) };
  };
  if (isSet(body.count)) {
    const count = toCount(address, evaluation.resolve(body.count, `${address}: count`));
    const blocks = Array.from({ length: count }, (_, index) => make(`[${index}]`, { count: { index } }));
    return { blocks, values: blocks.map(({ values }) => values) };
  }
  if (isSet(body.for_each)) {
    const all = elements(evaluation.resolve(body.for_each, `${address}: for_each`), `${address}: for_each`);
    const blocks = all.map((each) => [String(each.key), make(`[${JSON.stringify(each.key)}]`, { each })] as const);
    return {
      blocks: blocks.map(([, block]) => block),
      values: Object.fromEntries(blocks.map(([key, { values }]) => [key, values])),
    };
  }
  const block = make("", {});
  return { blocks: [block], values: block.values };
}

/** More instances than any stack has: their blocks would fill the memory. */
const MAX_COUNT = 10_000;

function toCount(address: string, value: unknown): number {
  const count = typeof value === "string" ? Number(value) : value;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= MAX_COUNT) return count;
  throw new StackError(`${address}: count must be a whole number from 0 to ${MAX_COUNT}, got ${JSON.stringify(value)}`);
}

const isSet = (value: unknown) => value !== undefined && value !== null;

/** Configured attributes and computed ones behind getters that resolve on the first read. */
function lazyValues(evaluation: Evaluation, declaration: Declaration, variables: BlockVariables): JsonObject {
  const { address, body } = declaration;
  const values: Record<string, unknown> = {};
  const computed = computedAttributes(declaration, evaluation, values);
  const labels = new Map(dynamicBlocks(body));
  const configured = [...Object.keys(body), ...labels.keys()].filter((key) => !META.has(key) && body[key] !== null);
  const resolveKey = (key: string): unknown => {
    const where = `${address}: ${key}`;
    if (!labels.has(key)) return evaluation.resolve(body[key], where, variables);
    const block = { [key]: body[key] ?? [], dynamic: { [key]: labels.get(key) } };
    return (evaluation.resolve(block, where, variables) as JsonObject)[key];
  };
  const isConfigured = new Set(configured);
  for (const key of new Set([...configured, ...Object.keys(computed)])) {
    const read = () => {
      // A conditional that ends in null leaves the argument out.
      const value = (isConfigured.has(key) ? resolveKey(key) : undefined) ?? computed[key]?.();
      Object.defineProperty(values, key, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(values, key, { get: guard(read, `${address}.${key}`), enumerable: true, configurable: true });
  }
  return values;
}

/** Reads on the first call only. */
function once<T>(read: () => T, what: string): () => T {
  let found: { readonly value: T } | undefined;
  const guarded = guard(read, what);
  return () => {
    found ??= { value: guarded() };
    return found.value;
  };
}

/** Two attributes that refer to each other would recurse without end. */
function guard<T>(read: () => T, what: string): () => T {
  let reading = false;
  return () => {
    if (reading) throw new StackError(`${what} refers to itself`);
    reading = true;
    try {
      return read();
    } finally {
      reading = false;
    }
  };
}

/** `dynamic` blocks: https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
import { isList, isObject } from "./expression/values";
import { type JsonObject, nested } from "./json";
import { StackError } from "./stack-error";

type Resolve = (value: unknown, variables?: Readonly<Record<string, unknown>>) => unknown;

/** One value of `for_each`. */
export interface Element {
  readonly key: unknown;
  readonly value: unknown;
}

/** @throws StackError for what is neither a set, a list nor a map */
export function elements(collection: unknown, what: string): Element[] {
  if (isList(collection))
    return collection.map((value, key) => ({ key: typeof value === "string" ? value : key, value }));
  if (isObject(collection)) return Object.entries(collection).map(([key, value]) => ({ key, value }));
  throw new StackError(`${what} must be a map, a set or a list, got ${JSON.stringify(collection ?? null)}`);
}

/** The labels of a block's `dynamic` blocks, each with its definitions. */
export function dynamicBlocks({ dynamic }: JsonObject): (readonly [string, readonly JsonObject[]])[] {
  const labels = [dynamic ?? []].flat().flatMap((one) => Object.entries(nested(one) ?? {}));
  const all = labels.map(([label, blocks]) => [label, [blocks].flat().map((block) => nested(block) ?? {})] as const);
  return all.filter(([, blocks]) => blocks.every((block) => "for_each" in block && "content" in block));
}

/** The blocks that `dynamic` stands for, after those written out; undefined if there is none. */
export function expandDynamic(
  body: JsonObject,
  variables: Readonly<Record<string, unknown>>,
  resolve: Resolve,
): JsonObject | undefined {
  const labels = dynamicBlocks(body);
  if (labels.length === 0) return undefined;
  const expanded = labels.map(([label, blocks]) => {
    const written = [resolve(body[label] ?? [])].flat();
    const made = blocks.flatMap(({ for_each, iterator = label, content }) =>
      elements(resolve(for_each), `for_each of dynamic ${label}`).map((element) =>
        resolve(content, { ...variables, [String(iterator)]: element }),
      ),
    );
    return [label, [...written, ...made.flat()]] as const;
  });
  return Object.fromEntries(expanded);
}

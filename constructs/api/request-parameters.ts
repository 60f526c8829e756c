/** The parameters of a request that a route's schemas name. */
import type { GenericSchema } from "valibot";

/** The parts of valibot's object schemas that say which keys there are. */
interface ObjectShape {
  readonly type: string;
  readonly entries?: Readonly<Record<string, { readonly type: string }>>;
}

const entriesOf = (schema: GenericSchema | undefined) =>
  Object.entries((schema as ObjectShape | undefined)?.entries ?? {});

/** What `path` calls a variable: `id` and `name` of `/orders/{id}/{name+}`. */
export const pathVariables = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);

/** Schemas that take a value that is not there. `fallback` takes anything. */
const optional = (schema: object) =>
  "fallback" in schema ||
  ("type" in schema && ["optional", "exact_optional", "nullish", "undefinedable"].includes(String(schema.type)));

/** Names of the query parameters that a request must have. */
export const requiredQuery = (query: GenericSchema | undefined): string[] =>
  entriesOf(query).flatMap(([name, schema]) => (optional(schema) ? [] : [name]));

/** What a route's schemas say of parameters that its path does not have, or the other way round. */
export function parameterProblems(route: { readonly path: string; readonly pathParameters?: GenericSchema }): string[] {
  if (!(route.pathParameters && "entries" in route.pathParameters)) return [];
  const variables = pathVariables(route.path);
  const names = entriesOf(route.pathParameters).map(([name]) => name);
  const same = names.length === variables.length && variables.every((name) => names.includes(name));
  return same ? [] : [`pathParameters must name the variables of the path, ${list(variables)}, got ${list(names)}`];
}

const list = (names: readonly string[]) => (names.length > 0 ? names.join(", ") : "none");

/** A request that each handler of the route table takes: from its schemas, so that a new row needs nothing here. */
import fc from "fast-check";
import { type GenericSchema, safeParse } from "valibot";
import { functionNames, type Route } from "../../../constructs/api/route";
import { routes } from "../../../routes";
import { inputOf } from "../../support/arbitrary";
import { type ApiResponse, bodies, event, invoke } from "./handlers";

/** Every function behind a route. */
export const handlerNames = functionNames(routes);

const rowOf = (name: string) => routes.find((row) => row.function === name) as Route;

/** The same value at each run. @throws Error if the schema has rules that no generated value keeps */
export function sample(schema: GenericSchema, name: string): unknown {
  const valid = fc.sample(inputOf(schema), { seed: 1, numRuns: 200 }).find((input) => safeParse(schema, input).success);
  if (valid === undefined) throw new Error(`${name}: no generated request keeps its rules: put a body into \`bodies\``);
  return valid;
}

/** A body that the handler takes; undefined if it reads none. */
export function bodyOf(name: string): Readonly<Record<string, unknown>> | undefined {
  if (Object.hasOwn(bodies, name)) return bodies[name as keyof typeof bodies];
  const { body } = rowOf(name);
  return body && (sample(body, name) as Record<string, unknown>);
}

/** Path and query of such a request, as an event carries them. */
export function parametersOf(name: string): object {
  const { pathParameters, query } = rowOf(name);
  return {
    ...(pathParameters && {
      pathParameters: texts(sample(pathParameters, name), (value) => encodeURIComponent(value)),
    }),
    ...(query && { multiValueQueryStringParameters: texts(sample(query, name), (value) => [value].flat()) }),
  };
}

const texts = (values: unknown, map: (text: string) => unknown) =>
  Object.fromEntries(
    Object.entries(values as object).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(textOf) : map(textOf(value)),
    ]),
  );
const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));

/** The event of such a request. */
export const eventOf = (name: string, body: unknown = bodyOf(name), more: object = {}): object =>
  event(body, { ...parametersOf(name), ...more });

/** Such a request to a cold function. */
export const request = (name: string, body: unknown = bodyOf(name), more: object = {}): Promise<ApiResponse> =>
  invoke(name, body, { ...parametersOf(name), ...more });

/** The parameters of a request, from the schemas of its path and query. */
import type { GenericSchema } from "valibot";
import { pathVariables } from "../constructs/api/request-parameters";
import type { Route } from "../constructs/api/route";
import type { Components } from "./components";
import type { Json } from "./json";

interface Parameter {
  readonly name: string;
  readonly schema: Json;
  readonly required: boolean;
}

/** @param name of the operation, for the names of recursive parts */
export function parameters(route: Route, name: string, components: Components): Json[] {
  const entries = (schema: GenericSchema | undefined, part: string) =>
    schema ? merge(fields(components.inline(`${name}${part}`, schema))) : [];
  const described = new Map(entries(route.pathParameters, "Path").map((parameter) => [parameter.name, parameter]));
  const path = pathVariables(route.path).map((name) => {
    const rest = route.path.includes(`{${name}+}`);
    return {
      name,
      in: "path",
      required: true,
      ...(rest && { description: "The rest of the path, slashes included." }),
      schema: described.get(name)?.schema ?? { type: "string" },
    };
  });
  const query = entries(route.query, "Query").map(({ name, schema, required }) => ({
    name,
    in: "query",
    ...(required && { required }),
    schema,
  }));
  return [...path, ...query];
}

/** One parameter per name: the options of a union may name it several times. */
function merge(parameters: readonly Parameter[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const before = found.get(parameter.name);
    const same = before && JSON.stringify(before.schema) === JSON.stringify(parameter.schema);
    const both = before && !same ? { ...parameter, schema: { anyOf: [before.schema, parameter.schema] } } : parameter;
    found.set(parameter.name, { ...both, required: parameter.required && (before?.required ?? true) });
  }
  return [...found.values()];
}

/** The fields of an object schema. Those of a union or variant are all optional: which of them are needed depends on each other. */
function fields({ properties, required = [], anyOf, allOf }: Json): Parameter[] {
  const own = Object.entries((properties ?? {}) as Readonly<Record<string, Json>>).map(([name, schema]) => ({
    name,
    schema,
    required: (required as readonly string[]).includes(name),
  }));
  const any = ((anyOf ?? []) as readonly Json[]).flatMap(fields).map((field) => ({ ...field, required: false }));
  return [...own, ...((allOf ?? []) as readonly Json[]).flatMap(fields), ...any];
}

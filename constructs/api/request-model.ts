/**
 * From a body schema to the JSON Schema (draft-04) that an API Gateway model holds. A model is never stricter than the handler:
 * what draft-04 cannot say, or says in another way, is left to the handler.
 */
import type { GenericSchema } from "valibot";
import { constraints, type Pipe } from "./model-constraints";

type Json = Readonly<Record<string, unknown>>;

/** The parts of valibot's schemas that a model is made from. */
interface Shape extends Pipe {
  readonly kind: "schema";
  readonly wrapped?: Shape;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly rest?: Shape;
  readonly item?: Shape;
  readonly items?: readonly Shape[];
  /** Schemas of a union, variant or intersection; values of a picklist or enum. */
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly value?: Shape;
}

/**
 * The model leaves `required` out on purpose: the gateway could only respond "Invalid request body", while the handler can
 * say which field is missing.
 *
 * @returns the schema as a JSON string, keys in a fixed order
 * @throws Error unless it is a synchronous schema of objects
 */
export function requestModel(body: GenericSchema): string {
  const schema: unknown = body;
  if (!isShape(schema) || schema.async) {
    throw new Error("body must be a schema of valibot without async rules: no handler could parse with another one");
  }
  const model = { ...convert(schema), ...(schema.entries && { type: "object" }) };
  return JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", ...model });
}

const isShape = (value: unknown): value is Shape =>
  typeof value === "object" && value !== null && "~run" in value && "type" in value;

/** What the handler's parser accepts as input. `{}` accepts anything. */
function convert(shape: Shape): Json {
  if ("fallback" in shape) return {};
  const [first] = shape.pipe ?? [];
  if (shape.pipe && isShape(first)) {
    // A fallback in front of a pipe takes anything, and hides behind the pipe.
    return "fallback" in first ? {} : { ...convert(first), ...constraints(shape) };
  }
  switch (shape.type) {
    case "string":
    case "number":
    case "boolean":
    case "null":
      return { type: shape.type };
    case "literal":
      return oneOf([shape.literal]);
    case "picklist":
    case "enum":
      return oneOf(shape.options ?? []);
    case "array":
      return { type: "array", items: shape.item ? convert(shape.item) : {} };
    case "record":
      return { type: objects, additionalProperties: shape.value ? convert(shape.value) : {} };
    case "union":
    case "variant":
      return anyOf((shape.options ?? []).filter(isShape).map(convert));
    case "intersect":
      return { allOf: (shape.options ?? []).filter(isShape).map(convert) };
    case "nullable":
    case "nullish":
      return shape.wrapped ? anyOf([convert(shape.wrapped), { type: "null" }]) : {};
  }
  if (shape.entries) return object(shape, shape.entries);
  if (shape.items) return tuple(shape, shape.items);
  // optional, exactOptional, undefinedable, nonOptional, ...: JSON knows no undefined value.
  return shape.wrapped ? convert(shape.wrapped) : {};
}

/** valibot takes an array where an object is expected, unless a field is missing in it. The body itself is never an array. */
const objects = ["object", "array"];

function object({ type, rest }: Shape, entries: Readonly<Record<string, Shape>>): Json {
  return {
    type: objects,
    properties: Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, convert(entry)])),
    ...(type === "strict_object" && { additionalProperties: false }),
    ...(rest && { additionalProperties: convert(rest) }),
  };
}

function tuple({ type, rest }: Shape, items: readonly Shape[]): Json {
  return {
    type: "array",
    items: items.map(convert),
    ...(type === "strict_tuple" && { additionalItems: false }),
    ...(rest && { additionalItems: convert(rest) }),
  };
}

/** A bigint or a symbol cannot come from JSON. */
function oneOf(values: readonly unknown[]): Json {
  const known = values.every((value) =>
    typeof value === "number" ? Number.isFinite(value) : typeof value === "string" || typeof value === "boolean",
  );
  return known && values.length > 0 ? { enum: [...new Set(values)] } : {};
}

function anyOf(options: readonly Json[]): Json {
  return options.length > 0 && options.every((option) => Object.keys(option).length > 0) ? { anyOf: options } : {};
}

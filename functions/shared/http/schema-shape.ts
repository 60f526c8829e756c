import type { GenericSchema } from "valibot";

/** The parts of valibot's schemas that tell how a value is written, without their types. */
export interface SchemaShape {
  readonly type: string;
  /** Of objects. */
  readonly entries?: Readonly<Record<string, SchemaShape>>;
  /** Of optional, nullable, nullish, ... */
  readonly wrapped?: SchemaShape;
  /** Schemas of a union, variant or intersection; values of a picklist or enum. */
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  /** Of arrays. */
  readonly item?: SchemaShape;
  /** Of tuples. */
  readonly items?: readonly SchemaShape[];
}

/** Without optional, nullable and the like. A pipe has the shape of its first schema: what is read comes before what is made of it. */
export function shapeOf(schema: GenericSchema | SchemaShape): SchemaShape {
  const shape = schema as SchemaShape;
  return shape.wrapped ? shapeOf(shape.wrapped) : shape;
}

/** Whether it describes an array or a tuple. */
export const isList = ({ item, items }: SchemaShape): boolean => Boolean(item ?? items);

/** The schemas that a union, variant or intersection is made of. */
export const optionsOf = ({ options = [] }: SchemaShape): SchemaShape[] =>
  options.filter((option): option is SchemaShape => typeof option === "object" && option !== null && "~run" in option);

/** The schemas that an object schema, or the parts of a union, have for a key. */
export function entriesFor(schema: SchemaShape, key: string): SchemaShape[] {
  const shape = shapeOf(schema);
  const own = shape.entries && Object.hasOwn(shape.entries, key) ? shape.entries[key] : undefined;
  return own ? [own] : optionsOf(shape).flatMap((option) => entriesFor(option, key));
}

/** The keys that an object schema, or the parts of a union, name. */
export function keysOf(schema: SchemaShape): string[] {
  const shape = shapeOf(schema);
  return shape.entries ? Object.keys(shape.entries) : [...new Set(optionsOf(shape).flatMap(keysOf))];
}

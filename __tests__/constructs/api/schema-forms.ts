/** Schemas as people write them, one of each form, as a field of a body. */
import * as v from "valibot";

enum Size {
  Small = "S",
  Large = "L",
}

const point = v.object({ x: v.number(), y: v.optional(v.number()) });
interface Tree {
  readonly name: string;
  readonly children: readonly Tree[];
}
const tree: v.GenericSchema<Tree> = v.object({ name: v.string(), children: v.array(v.lazy(() => tree)) });

export const forms: Readonly<Record<string, v.GenericSchema>> = {
  "a string of some length": v.pipe(v.string(), v.minLength(3), v.maxLength(8)),
  "a string of one length": v.pipe(v.string(), v.length(4)),
  "a string that is not empty": v.pipe(v.string(), v.nonEmpty()),
  "a string that is trimmed first": v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(3)),
  "a string that is trimmed in a pipe of its own": v.pipe(v.pipe(v.string(), v.trim()), v.maxLength(3)),
  optional: v.optional(v.string()),
  "optional with a default": v.optional(v.pipe(v.string(), v.minLength(2)), "default"),
  nullable: v.nullable(v.pipe(v.number(), v.minValue(1))),
  "nullable with a default": v.nullable(v.string(), "none"),
  nullish: v.nullish(v.boolean()),
  "exactly optional": v.exactOptional(v.string()),
  "a number within bounds": v.pipe(v.number(), v.minValue(-5), v.maxValue(5)),
  "a number between others": v.pipe(v.number(), v.gtValue(0), v.ltValue(10)),
  "a number with two lower bounds": v.pipe(v.number(), v.gtValue(0), v.minValue(1)),
  "a whole number": v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  "a multiple": v.pipe(v.number(), v.multipleOf(0.5)),
  "a number that becomes a string": v.pipe(v.number(), v.transform(String), v.maxLength(2)),
  boolean: v.boolean(),
  literal: v.literal("a"),
  "literal number": v.literal(1),
  picklist: v.picklist(["a", "b", 3]),
  enum: v.enum(Size),
  null: v.null(),
  array: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(4)),
  "array of objects": v.array(point),
  tuple: v.tuple([v.string(), v.number()]),
  "tuple with an optional item": v.tuple([v.string(), v.optional(v.number())]),
  "strict tuple": v.strictTuple([v.string(), v.boolean()]),
  "tuple with a rest": v.tupleWithRest([v.string()], v.number()),
  record: v.record(v.string(), v.pipe(v.number(), v.integer())),
  "record of known keys": v.record(v.picklist(["a", "b"]), v.string()),
  object: point,
  "strict object": v.strictObject({ a: v.string(), b: v.optional(v.null()) }),
  "loose object": v.looseObject({ a: v.string() }),
  "object with a rest": v.objectWithRest({ a: v.string() }, v.number()),
  "object with optional fields only": v.partial(point),
  "object with a rule of its own": v.pipe(
    point,
    v.check(({ x, y = x }) => x <= y, "must grow"),
  ),
  union: v.union([v.string(), v.pipe(v.number(), v.minValue(0))]),
  variant: v.variant("type", [
    v.object({ type: v.literal("circle"), r: v.number() }),
    v.strictObject({ type: v.picklist(["square", "cube"]), side: v.pipe(v.number(), v.gtValue(0)) }),
  ]),
  intersect: v.intersect([v.object({ a: v.string() }), v.object({ b: v.number() })]),
  "date string": v.pipe(v.string(), v.isoDate()),
  "timestamp that becomes a date": v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform((text) => new Date(text)),
  ),
  email: v.pipe(v.string(), v.email(), v.maxLength(254)),
  uuid: v.pipe(v.string(), v.uuid()),
  url: v.pipe(v.string(), v.url()),
  regex: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,15}$/)),
  "regex without case": v.pipe(v.string(), v.regex(/^[a-z]+$/i)),
  "regex of blanks": v.pipe(v.string(), v.regex(/^\S+\s\S+$/)),
  "regex of anything but a slash": v.pipe(v.string(), v.regex(/^[^/]{1,3}$/)),
  lazy: tree,
  unknown: v.unknown(),
  fallback: v.fallback(v.string(), "none"),
  "fallback with a rule": v.pipe(v.fallback(v.string(), "none"), v.maxLength(4)),
  "number in a string": v.pipe(v.string(), v.transform(Number), v.number(), v.minValue(3)),
};

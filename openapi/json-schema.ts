/**
 * From a schema of valibot to a JSON Schema (OpenAPI 3.1) or to OpenAPI 3.0's dialect of it: what the handler's parser takes as input. It is
 * never stricter than the parser, and leaves out what it cannot say: checks, regular expressions with flags, what follows a transformation.
 */
import { type ConversionConfig, toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import type { Json, Version } from "./json";

/**
 * @param refTo where the document has the schema of a recursive part: `#/components/schemas/Tree0`
 * @returns the schema, and those of its recursive parts by name
 */
export function jsonSchema(
  schema: GenericSchema,
  version: Version,
  refTo: (name: string) => string,
): { readonly schema: Json; readonly definitions: Readonly<Record<string, Json>> } {
  const converted = toJsonSchema(
    schema as never,
    {
      target: version === "3.1" ? "draft-2020-12" : "openapi-3.0",
      typeMode: "input",
      errorMode: "ignore",
      overrideSchema: ({ valibotSchema, jsonSchema }) => corrected(valibotSchema, jsonSchema as Json),
      overrideAction: ({ valibotAction, jsonSchema }) => action(valibotAction, jsonSchema as Piped, version),
      overrideRef: ({ referenceId }) => refTo(referenceId),
    } as ConversionConfig,
  ) as Json;
  const { $schema: _, $defs: definitions = {}, ...rest } = converted;
  return JSON.parse(JSON.stringify({ schema: rest, definitions })); // without undefined values and symbols
}

/** The parts of valibot's schemas and actions that are read here. */
interface Part {
  readonly kind?: string;
  readonly type: string;
  readonly entries?: Readonly<Record<string, Part>>;
  readonly requirement?: unknown;
  readonly examples?: readonly unknown[];
}

/** @returns the schema to use instead; undefined to keep it */
function corrected(part: Part, json: Json): ReturnType<NonNullable<ConversionConfig["overrideSchema"]>> {
  if ("fallback" in part) return {};
  if (part.type === "date") return { type: "string" };
  if (part.type === "bigint") return { type: "integer" };
  // Of the options of a variant, one is tried after the other.
  if (part.type === "variant") return { anyOf: json.oneOf } as never;
  if (part.type === "undefined" || part.type === "void") return { not: {} };
  if (!part.entries) return undefined;
  const required = Object.entries(part.entries).flatMap(([name, entry]) => (isOptional(entry) ? [] : [name]));
  const { required: __, ...others } = json;
  return { ...others, ...(required.length > 0 && { required }) } as never;
}

/** JSON has no undefined value: a field that may be undefined may be absent. */
const isOptional = (entry: Part): boolean =>
  "fallback" in entry || ["optional", "exact_optional", "nullish", "undefinedable"].includes(entry.type);

/** Texts of valibot's own forms, where the format of the same name means another one. */
const forms: Readonly<Record<string, string>> = {
  iso_time: "^\\d{2}:\\d{2}$",
  iso_date_time: "^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}$",
};

/** On a schema whose pipe has come to a transformation: the schema of what goes into it. */
const INPUT = Symbol("input");
type Piped = Json & { readonly [INPUT]?: Json };

/** @param json with the keywords of the action already */
function action(
  part: Part,
  json: Piped,
  version: Version,
): ReturnType<NonNullable<ConversionConfig["overrideAction"]>> {
  const { type, requirement } = part;
  const input = json[INPUT] ?? (part.kind === "transformation" ? { ...json } : undefined);
  if (input) return { ...input, [INPUT]: input } as never;
  if (type === "regex" && requirement instanceof RegExp && requirement.flags !== "") {
    return json.pattern === requirement.source ? without(json, "pattern") : (json as never);
  }
  if (Object.hasOwn(forms, type)) return { ...without(json, "format"), pattern: forms[type] } as never;
  if (version === "3.0" && part.examples) return { ...without(json, "examples"), example: part.examples[0] } as never;
  // OpenAPI 3.0 writes an exclusive bound as a flag of the inclusive one.
  if (version === "3.0" && type === "gt_value")
    return { ...json, minimum: requirement, exclusiveMinimum: true } as never;
  if (version === "3.0" && type === "lt_value")
    return { ...json, maximum: requirement, exclusiveMaximum: true } as never;
  return undefined;
}

const without = (json: Json, key: string) => Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));

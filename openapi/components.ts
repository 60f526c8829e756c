import type { GenericSchema } from "valibot";
import type { Json, Version } from "./json";
import { jsonSchema } from "./json-schema";

/** The named schemas of a document. API Gateway's import wants names of letters and digits. */
export interface Components {
  /** Adds a schema. @returns a reference to it */
  add(name: string, schema: GenericSchema): Json;
  /** Adds the recursive parts of a schema only. @returns the schema itself */
  inline(name: string, schema: GenericSchema): Json;
  /** Adds a schema that is JSON already. @returns a reference to it */
  define(name: string, schema: Json): Json;
  readonly schemas: Readonly<Record<string, Json>>;
}

const refTo = (name: string) => `#/components/schemas/${name}`;

export function createComponents(version: Version): Components {
  const schemas: Record<string, Json> = {};
  const define = (name: string, schema: Json) => {
    schemas[name] = schema;
    return { $ref: refTo(name) };
  };
  const inline = (name: string, source: GenericSchema) => {
    const { schema, definitions } = jsonSchema(source, version, (part) => refTo(`${name}${part}`));
    for (const [part, definition] of Object.entries(definitions)) define(`${name}${part}`, definition);
    return schema;
  };
  return { schemas, define, inline, add: (name, source) => define(name, inline(name, source)) };
}

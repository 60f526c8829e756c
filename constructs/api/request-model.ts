/** From a body schema to the JSON Schema (draft-04) that an API Gateway model holds. */
import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";

/**
 * The model checks shape, types and bounds. It leaves `required` out on purpose: the gateway could only answer
 * "Invalid request body", while the handler can say which field is missing. Likewise the schema's checks (`v.check`).
 *
 * @returns the schema as a JSON string, keys in a fixed order
 * @throws Error when the schema uses what draft-04 cannot say
 */
export function requestModel(body: GenericSchema): string {
  const { $schema, required, ...schema } = toJsonSchema(body, { target: "draft-07", ignoreActions: ["check"] });
  return JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", ...asDraft04(schema) });
}

/** Draft-04 does not know these keywords; API Gateway refuses a model that uses one. */
const unknownToDraft04 = ["const", "contains", "examples", "if", "then", "else"];

function asDraft04(schema: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema)
      // Says of a record's keys only that they are strings, which every JSON key is.
      .filter(([key]) => key !== "propertyNames")
      .map(([key, value]) => {
        if (unknownToDraft04.includes(key)) {
          throw new Error(`A body schema must be expressible in JSON Schema draft-04, got the keyword "${key}"`);
        }
        const nested = typeof value === "object" && value !== null && !Array.isArray(value);
        return [key, nested ? asDraft04(value) : value];
      }),
  );
}

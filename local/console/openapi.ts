/** Schemas of an OpenAPI document beside `cdk.tf.json`, for routes whose stack has none (HTTP APIs have no models). */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, nested } from "../terraform/json";
import type { ConsoleRoute } from "./protocol";

type Described = Pick<ConsoleRoute, "bodySchema" | "parameters">;

/** Completes a route's body and parameters from `openapi.json` in the stack's folder, if there is one. */
export function describedBy(folder: string): (route: ConsoleRoute) => Described {
  const document = readDocument(join(folder, "openapi.json"));
  return ({ method, path, bodySchema, parameters }) => {
    const operation = document && nested(nested(nested(document.paths)?.[path])?.[method.toLowerCase()]);
    if (!operation) return { bodySchema, parameters };
    const content = nested(nested(resolve(document, operation.requestBody))?.content);
    const schema = nested(nested(content?.["application/json"])?.schema);
    const others = [operation.parameters ?? []].flat().map((one) => nested(resolve(document, one)) ?? {});
    return {
      bodySchema: bodySchema ?? (schema && nested(inline(document, schema))),
      parameters: [
        ...parameters,
        ...others.flatMap((one): ConsoleRoute["parameters"] => {
          const known = parameters.some(({ in: place, name }) => place === one.in && name === one.name);
          if (known || (one.in !== "query" && one.in !== "header")) return [];
          return [{ in: one.in, name: String(one.name), required: one.required === true }];
        }),
      ],
    };
  };
}

function readDocument(file: string): JsonObject | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return nested(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** What `{"$ref": "#/components/..."}` stands for. */
function resolve(document: JsonObject, value: unknown): unknown {
  const reference = nested(value)?.$ref;
  if (typeof reference !== "string" || !reference.startsWith("#/")) return value;
  const keys = reference.slice(2).split("/");
  return keys.reduce<unknown>(
    (found, key) => nested(found)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")],
    document,
  );
}

/** A schema without references; one that contains itself stays open below a depth that no form shows. */
function inline(document: JsonObject, value: unknown, depth = 0): unknown {
  if (depth > 20) return {};
  const found = resolve(document, value);
  if (Array.isArray(found)) return found.map((one) => inline(document, one, depth + 1));
  if (typeof found !== "object" || found === null) return found;
  return Object.fromEntries(Object.entries(found).map(([key, one]) => [key, inline(document, one, depth + 1)]));
}

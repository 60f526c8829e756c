/** Compares responses of the local API with the OpenAPI document: no undocumented status, no body that its schema rejects. */
import Ajv2020 from "ajv/dist/2020";
import { readConfig } from "../../config";
import { openApiDocument } from "../../openapi/document";
import { routes } from "../../routes";

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
}
type Paths = Readonly<
  Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Described>> }>>>
>;

/** Responses are compared with the document of these settings. */
export type Conform = (method: string, path: string, response: Response) => Promise<void>;

const known = new Map<string, Conform>();

/** @param settings those of the stack, as far as responses depend on them */
export function conformTo(settings: Record<string, string>): Conform {
  const key = JSON.stringify(settings);
  const conform = known.get(key) ?? createConform(settings);
  known.set(key, conform);
  return conform;
}

function createConform(settings: Record<string, string>): Conform {
  const document = openApiDocument(routes, readConfig(settings));
  const paths = document.paths as Paths;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
  ajv.addSchema({ ...document, $id: "document" });
  const patterns = Object.keys(paths)
    .sort((a, b) => a.split("{").length - b.split("{").length)
    .map((path) => [path, new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`)] as const);
  return async (method, target, response) => {
    const path = patterns.find(([, pattern]) => pattern.test(target.split("?")[0] ?? ""))?.[0] ?? "";
    const operation = paths[path]?.[method.toLowerCase()];
    if (!operation) return;
    const name = `${method} ${path} ${response.status}`;
    const described = operation.responses[response.status];
    if (!described) throw new Error(`${name} is not in the OpenAPI document: ${await response.clone().text()}`);
    for (const [header, { required }] of Object.entries(described.headers ?? {})) {
      if (required && !response.headers.has(header)) throw new Error(`${name} lacks the header ${header}`);
    }
    const text = await response.clone().text();
    if (!described.content) {
      if (text !== "") throw new Error(`${name} must have no body, got ${text}`);
      return;
    }
    const place = ["paths", path, method.toLowerCase(), "responses", String(response.status)].map(pointer).join("/");
    // Compiled on first use. `ajv.compile` of a new object would compile it for each response.
    const validate = ajv.getSchema(`document#/${place}/content/application~1json/schema`);
    if (!validate?.(JSON.parse(text))) throw new Error(`${name}: ${ajv.errorsText(validate?.errors)} in ${text}`);
  };
}

const pointer = (key: string) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

/** `$input`: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
import type { MappingSources } from "../common/integration";
import { contentType } from "../common/request";

export function createInput(sources: MappingSources, body: string) {
  const { request, pathParameters } = sources;
  const path = asMap(pathParameters);
  const querystring = asMap(Object.fromEntries(new URLSearchParams(request.query)));
  // Names keep the client's letter case, as on AWS: a template that reads `Origin` does not see `origin`.
  const pairs = request.rawHeaders.flatMap((name, at) =>
    at % 2 ? [] : [[name, request.rawHeaders[at + 1] ?? ""] as const],
  );
  const header = asMap(Object.fromEntries(pairs));
  const all = asMap({ path, querystring, header });
  const find = (name: string) => [path, querystring, header].map((map) => map.get(name)).find(Boolean) ?? "";
  const select = (query: string) => jsonPath(bodyValue(contentType(request), body), query);
  return {
    body,
    params: (name?: string) => (name === undefined ? all : find(name)),
    path: (query: string) => select(query) ?? "",
    json: (query: string) => JSON.stringify(select(query) ?? ""),
  };
}

/** Velocity reads a map's entries as properties and by Java's map methods. */
function asMap<T>(entries: Readonly<Record<string, T>>) {
  const own = (name: string) => (Object.hasOwn(entries, name) ? entries[name] : undefined);
  const methods = {
    get: own,
    keySet: () => Object.keys(entries),
    containsKey: (name: string) => Object.hasOwn(entries, name),
    size: () => Object.keys(entries).length,
  };
  return Object.assign(Object.create(methods) as typeof methods, entries);
}

/** An empty body counts as an empty object. */
function bodyValue(type: string, body: string): unknown {
  if (body.trim() === "") return {};
  return type === "application/json" ? parseJson(body) : body;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const STEP = /\.\*|\.([\w-]+)|\[\*\]|\[(\d+)\]|\[['"]([^'"]*)['"]\]/g;

/**
 * `$`, `$.a.b`, `$.a[0]`, `$['a']`, `$.a[*].b`
 * @throws Error for another JSONPath, such as a filter
 */
function jsonPath(value: unknown, query: string): unknown {
  const rest = query.replace(/^\$/, "");
  if (rest.replace(STEP, "") !== "") throw new Error(`the JSONPath ${JSON.stringify(query)} is not evaluated locally`);
  const steps = [...rest.matchAll(STEP)];
  const walk = (from: unknown, at: number): unknown => {
    const step = steps[at];
    if (!step) return from;
    if (step[0] === ".*" || step[0] === "[*]") {
      return typeof from === "object" && from !== null
        ? Object.values(from).map((item) => walk(item, at + 1))
        : undefined;
    }
    const name = step[1] ?? step[2] ?? step[3] ?? "";
    const isOwn = typeof from === "object" && from !== null && Object.hasOwn(from, name);
    return isOwn ? walk((from as Record<string, unknown>)[name], at + 1) : undefined;
  };
  return walk(value, 0);
}

import { Compile, parse } from "velocityjs";
import { type Block, StackError } from "../../terraform/read-stack";
import type { MappingSources } from "../common/integration";
import { contentType } from "../common/request";

/** What a template set in `$context.responseOverride`. */
export interface Overrides {
  status?: unknown;
  readonly header: Record<string, unknown>;
}

/** Renders a VTL template, compiled once. @throws Error of the VTL library if rendering fails */
export type MappingTemplate = (sources: MappingSources, body: string, overrides: Overrides) => string;

/** @throws StackError if the template is no VTL */
export function mappingTemplate(source: string, where: string): MappingTemplate {
  const syntax = parsed(source, where);
  return (sources, body, responseOverride) =>
    new Compile(syntax, { escape: false }).render({
      context: { ...sources.context, responseOverride },
      stageVariables: sources.stageVariables,
      input: inputOf(sources, body),
      util,
    });
}

function parsed(source: string, where: string) {
  try {
    return parse(source);
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new StackError(`${where}: the mapping template is not valid VTL: ${line}`);
  }
}

/** The templates of a block by content type, compiled. */
export function mappingTemplates({ address, values }: Block, attribute: string): ReadonlyMap<string, MappingTemplate> {
  const given = Object.entries((values[attribute] ?? {}) as Record<string, unknown>);
  return new Map(given.map(([type, source]) => [type, mappingTemplate(String(source), `${address}: ${attribute}`)]));
}

/** `$input`: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
function inputOf(sources: MappingSources, body: string) {
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
  const select = (query: string) => jsonPath(contentType(request) === "application/json" ? toJson(body) : body, query);
  return {
    body,
    params: (name?: string) => (name === undefined ? all : find(name)),
    path: select,
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
  };
  return Object.assign(Object.create(methods) as typeof methods, entries);
}

function toJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** `$`, `$.a.b`, `$.a[0]`, `$['a']`: the paths that templates use; no filters. */
function jsonPath(value: unknown, query: string): unknown {
  const steps = [...query.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']*)'\]/g)].map(
    (step) => step[1] ?? step[2] ?? step[3] ?? "",
  );
  return steps.reduce<unknown>(
    (from, step) =>
      typeof from === "object" && from !== null && Object.hasOwn(from, step)
        ? (from as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}

/** `$util` */
const util = {
  escapeJavaScript: (text: unknown) => JSON.stringify(String(text)).slice(1, -1).replaceAll("'", "\\'"),
  parseJson: (text: unknown) => toJson(String(text)),
  urlEncode: (text: unknown) => encodeURIComponent(String(text)),
  urlDecode: (text: unknown) => decodeURIComponent(String(text)),
  base64Encode: (text: unknown) => Buffer.from(String(text)).toString("base64"),
  base64Decode: (text: unknown) => Buffer.from(String(text), "base64").toString(),
};

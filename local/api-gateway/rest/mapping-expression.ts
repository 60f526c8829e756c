import { StackError } from "../../terraform/read-stack";
import type { MappingSources } from "../common/integration";

/** The value of a parameter mapping; undefined if the request has none. */
export type MappingExpression = (sources: MappingSources) => string | undefined;

/**
 * `'static'`, `context.x`, `stageVariables.x`, `method.request.{header,querystring,path}.x`, or a header or the body of
 * the integration's response, of which a MOCK has none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
 * @throws StackError for any other source
 */
export function mappingExpression(source: string, where: string): MappingExpression {
  const fixed = /^'(.*)'$/s.exec(source)?.[1];
  if (fixed !== undefined) return () => fixed;
  const [, root, name = ""] =
    /^(context|stageVariables|integration\.response|method\.request\.(?:header|querystring|path))\.(.+)$/.exec(
      source,
    ) ?? [];
  switch (root) {
    case "context":
      return ({ context }) => contextValue(context, name);
    case "stageVariables":
      return ({ stageVariables }) => stageVariables[name];
    case "method.request.header":
      return ({ request }) => request.headers[name.toLowerCase()]?.toString();
    case "method.request.querystring":
      return ({ request }) => new URLSearchParams(request.query).getAll(name).at(-1);
    case "method.request.path":
      return ({ pathParameters }) => pathParameters[name];
    case "integration.response":
      return () => undefined;
    default:
      throw new StackError(`${where}: the mapping ${source} is not served locally`);
  }
}

/** `identity.sourceIp` in `$context`, as text; undefined if there is no such variable. */
export function contextValue(context: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const value = path.split(".").reduce<unknown>((from, name) => {
    return typeof from === "object" && from !== null && Object.hasOwn(from, name)
      ? (from as Record<string, unknown>)[name]
      : undefined;
  }, context);
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

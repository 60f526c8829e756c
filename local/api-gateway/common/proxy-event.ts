import type { AuthorizedRequest } from "./integration";
import { allValues, lastValues, multiValues, orNull } from "./payload";

/** What REST and HTTP APIs do differently in payload 1.0. */
export interface EventParts {
  /** @default - absent, as in a REST API's event */
  readonly version?: string;
  readonly path: string;
  readonly headers: Iterable<readonly [string, string]>;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Encodes the body in base64. */
  readonly binary: boolean;
}

/** The event of payload 1.0 as JSON text. Empty maps and an empty body are null. */
export function proxyEvent({ sources, resourcePath, stageVariables }: AuthorizedRequest, parts: EventParts): string {
  const { request, context } = sources;
  const headers = multiValues(parts.headers);
  const query = multiValues(new URLSearchParams(request.query));
  return JSON.stringify({
    version: parts.version,
    resource: resourcePath,
    path: parts.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: allValues(query),
    pathParameters: orNull(parts.pathParameters),
    stageVariables: orNull(stageVariables),
    requestContext: context,
    body: request.body.length === 0 ? null : request.body.toString(parts.binary ? "base64" : "utf8"),
    isBase64Encoded: parts.binary && request.body.length > 0,
  });
}

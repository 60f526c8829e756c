import type { ApiRequest } from "./request";

type Single = Record<string, string>;
type Multi = Map<string, string[]>;

/** The fields of the event that do not follow from the request. */
export interface EventParts {
  readonly resource: string;
  readonly pathParameters: Readonly<Single>;
  readonly stageVariables: Readonly<Single> | null;
  readonly requestContext: object;
  /** @default - absent, as in a REST API's event */
  readonly version?: string;
  /** Encodes the body in base64. */
  readonly binary: boolean;
}

/** Request headers that a REST API does not pass to the function (recorded against AWS by LocalStack's tests). */
const DROPPED = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

/** The event of payload 1.0 as JSON text. Empty maps and an empty body are null. */
export function proxyEvent(request: ApiRequest, parts: EventParts): string {
  const multiValueHeaders = eventHeaders(request);
  const multiValueQuery = multiValues(new URLSearchParams(request.query));
  return JSON.stringify({
    version: parts.version,
    resource: parts.resource,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(multiValueHeaders),
    multiValueHeaders: allValues(multiValueHeaders),
    queryStringParameters: lastValues(multiValueQuery),
    multiValueQueryStringParameters: allValues(multiValueQuery),
    pathParameters: orNull(parts.pathParameters),
    stageVariables: parts.stageVariables && orNull(parts.stageVariables),
    requestContext: parts.requestContext,
    body: request.body.length === 0 ? null : request.body.toString(parts.binary ? "base64" : "utf8"),
    isBase64Encoded: parts.binary && request.body.length > 0,
  });
}

/** The client's headers in its own letter case, and those that API Gateway adds: it always arrives over HTTPS. */
function eventHeaders({ rawHeaders, headers, requestId, sourceIp }: ApiRequest): Multi {
  const kept: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const lower = name.toLowerCase();
    if (!DROPPED.has(lower) && !ADDED.has(lower)) kept.push([name, rawHeaders[at + 1] ?? ""]);
  }
  const trace =
    headers["x-amzn-trace-id"] ??
    `Root=1-${requestId
      .replaceAll("-", "")
      .padEnd(32, "0")
      .replace(/^(.{8})(.{24}).*/, "$1-$2")}`;
  const before = headers["x-forwarded-for"];
  return multiValues([
    ...kept,
    ["X-Amzn-Trace-Id", String(trace)],
    ["X-Forwarded-For", before ? `${before}, ${sourceIp}` : sourceIp],
    ["X-Forwarded-Port", "443"],
    ["X-Forwarded-Proto", "https"],
  ]);
}

const ADDED = new Set(["x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"]);

function multiValues(pairs: Iterable<readonly [string, string]>): Multi {
  const found: Multi = new Map();
  for (const [name, value] of pairs) {
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

/** `Object.fromEntries` makes own properties: a parameter may be called `__proto__`. */
const allValues = (multi: Multi) => (multi.size === 0 ? null : Object.fromEntries(multi));

/** The last of several values. */
function lastValues(multi: Multi): Single | null {
  if (multi.size === 0) return null;
  const last: [string, string][] = [];
  for (const [name, values] of multi) last.push([name, values.at(-1) ?? ""]);
  return Object.fromEntries(last);
}

function orNull<T extends object>(map: T): T | null {
  return Object.keys(map).length === 0 ? null : map;
}

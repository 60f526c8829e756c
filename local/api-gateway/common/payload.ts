import type { AuthorizedRequest } from "./integration";
import type { ApiRequest } from "./request";
import type { ApiResponse } from "./response";

/** How the gateway invokes a function and reads its result. */
export interface PayloadFormat {
  /** The function's event as JSON text. */
  event(request: AuthorizedRequest): string;
  /**
   * The response to the client.
   * @param payload the function's result as JSON text
   * @throws MalformedProxyResponse where AWS responds with an error
   */
  response(payload: string, request: ApiRequest): ApiResponse;
}

export type Values = Record<string, string>;
export type MultiValues = Map<string, string[]>;

/** Request headers that do not reach the function (recorded against AWS by LocalStack's tests). */
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
const ADDED = new Set(["x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"]);

/** The client's headers in its own letter case, and those that API Gateway adds: requests always arrive over HTTPS. */
export function eventHeaders({ rawHeaders, headers, traceId, sourceIp }: ApiRequest): (readonly [string, string])[] {
  const kept: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const lower = name.toLowerCase();
    if (!DROPPED.has(lower) && !ADDED.has(lower)) kept.push([name, rawHeaders[at + 1] ?? ""]);
  }
  const before = headers["x-forwarded-for"];
  return [
    ...kept,
    ["X-Amzn-Trace-Id", traceId],
    ["X-Forwarded-For", before ? `${before}, ${sourceIp}` : sourceIp],
    ["X-Forwarded-Port", "443"],
    ["X-Forwarded-Proto", "https"],
  ];
}

export function multiValues(pairs: Iterable<readonly [string, string]>): MultiValues {
  const found: MultiValues = new Map();
  for (const [name, value] of pairs) {
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

/** `Object.fromEntries` makes own properties: a parameter may be called `__proto__`. */
export const allValues = (multi: MultiValues) => (multi.size === 0 ? null : Object.fromEntries(multi));

/** The last of several values. */
export function lastValues(multi: MultiValues): Values | null {
  if (multi.size === 0) return null;
  const last: [string, string][] = [];
  for (const [name, values] of multi) last.push([name, values.at(-1) ?? ""]);
  return Object.fromEntries(last);
}

export function orNull<T extends object>(map: T | null): T | null {
  return map === null || Object.keys(map).length === 0 ? null : map;
}

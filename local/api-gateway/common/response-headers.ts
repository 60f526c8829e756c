import type { Header } from "./response";

/**
 * Response headers that a REST API renames or drops.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
 */
const REMAPPED = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "trailer",
  "upgrade",
  "user-agent",
  "www-authenticate",
  "x-amzn-requestid",
]);
const DROPPED = new Set(["keep-alive", "transfer-encoding", "via"]);

/** Renames and drops headers that belong to the gateway, and adds the default content type if there is none. */
export function responseHeaders(headers: readonly Header[], defaultType: string): Header[] {
  const kept = headers
    .filter(([name]) => !DROPPED.has(name.toLowerCase()))
    .map(([name, value]): Header => [REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value]);
  const typed = kept.some(([name]) => name.toLowerCase() === "content-type");
  return typed ? kept : [["Content-Type", defaultType], ...kept];
}

import type { IncomingMessage } from "node:http";

/**
 * Why a request did not come from the console's own page; undefined if it did. The Host header is checked for every
 * request of the server (DNS rebinding). Other pages cannot read responses, which have no CORS headers; these checks keep
 * them from changing anything (CSRF), from loading the console as a script or an image, and from framing it.
 */
export function foreignOrigin({ method, headers }: IncomingMessage, isPage: boolean): string | undefined {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  const isLink = isPage && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  // Another port of this machine is "same-site".
  if (site !== undefined && site !== "same-origin" && site !== "none" && !isLink) {
    return `Sec-Fetch-Site must be same-origin, got ${site}: only the console's own page may send this request`;
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return `Origin must be http://${host}, got ${origin}: only the console's own page may send this request`;
  }
  // A page of another origin needs a preflight for this header, and preflights get no permission.
  if (method !== "GET" && method !== "HEAD" && headers["x-console"] === undefined) {
    return "X-Console must be set on requests that change something: protection against CSRF";
  }
  return undefined;
}

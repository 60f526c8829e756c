export type Headers = Readonly<Record<string, string>>;

/**
 * CORS headers of a response. The value always comes from the setting, never from the request: a single origin is sent to
 * every caller, as the gateway's own error responses do; of several, the one that equals the request's, with `Vary` for
 * caches.
 * @param origins the setting CORS_ORIGINS: exact origins separated by commas, or `*` alone
 * @param exposed the setting CORS_EXPOSED_HEADERS: response headers that a page may read besides Retry-After, separated by commas
 * @param credentials whether the page may send cookies, which only an exact origin can be allowed
 */
export function corsHeaders(
  origins: string,
  requestOrigin: string | undefined,
  exposed?: string,
  credentials = false,
): Headers {
  const expose: Headers = {
    ...(credentials && { "Access-Control-Allow-Credentials": "true" }),
    "Access-Control-Expose-Headers": ["Retry-After", exposed].filter(Boolean).join(","),
  };
  const allowed = allowedOrigins(origins);
  if (allowed.length === 1 && allowed[0] !== undefined) return { "Access-Control-Allow-Origin": allowed[0], ...expose };
  const match = allowed.find((origin) => origin !== "*" && origin === requestOrigin);
  return { ...(match && { "Access-Control-Allow-Origin": match, ...expose }), Vary: "Origin" };
}

/** The setting as a list. */
export const allowedOrigins = (origins: string): string[] =>
  origins
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "" && origin !== "null");

export type Headers = Readonly<Record<string, string>>;

/**
 * The CORS headers of an answer. `origins` is the setting CORS_ORIGINS: exact origins, separated by commas, or `*` alone.
 * Nothing of the caller is ever reflected: the value comes from the setting. One origin is sent to whoever asks, as the
 * gateway's own error answers do; of several, the one that equals the request's, and then caches must know (`Vary`).
 * Credentials are never allowed: tokens travel in a header.
 */
export function corsHeaders(origins: string, requestOrigin: string | undefined): Headers {
  const allowed = origins
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "" && origin !== "null");
  if (allowed.length === 1 && allowed[0] !== undefined) return { "Access-Control-Allow-Origin": allowed[0] };
  const match = allowed.find((origin) => origin !== "*" && origin === requestOrigin);
  return { ...(match && { "Access-Control-Allow-Origin": match }), Vary: "Origin" };
}

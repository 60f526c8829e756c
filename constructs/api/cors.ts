/** Seconds that a browser may cache a preflight. */
export const MAX_AGE_SECONDS = 600;

/** A header that the functions want beside the refresh token's cookie: a form cannot send it, and another site's page only if CORS allows it. */
const COOKIE_HEADER = "X-Requested-With";

/**
 * Request headers that a page may send: those that the API reads, then `more`. Names are compared without case; the token
 * header keeps its own spelling.
 */
export function allowedHeaders(tokenHeader: string, more: readonly string[] = [], credentials = false): string[] {
  const further = credentials ? [COOKIE_HEADER, ...more] : more;
  const names = new Map<string, string>();
  for (const name of ["Content-Type", "Authorization", tokenHeader, ...further]) {
    if (name === tokenHeader) names.delete(name.toLowerCase());
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

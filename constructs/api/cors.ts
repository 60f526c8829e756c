/** Seconds that a browser may cache a preflight. */
export const MAX_AGE_SECONDS = 600;

/**
 * Request headers that a page may send: those that the API reads, then `further` ones. Names are compared without case; the token
 * header keeps its own spelling.
 */
export function allowedHeaders(tokenHeader: string, further: readonly string[] = []): string[] {
  const names = new Map<string, string>();
  for (const name of ["Content-Type", "Authorization", tokenHeader, ...further]) {
    if (name === tokenHeader) names.delete(name.toLowerCase());
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

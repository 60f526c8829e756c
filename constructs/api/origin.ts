/** Origins whose pages may call the API. Imports no cdktf, because `config.ts` uses it. */

/** @throws Error unless each is an exact origin as a browser sends it, or the only one is `*` and pages send no cookies */
export function checkOrigins(origins: readonly string[], credentials = false): void {
  if (credentials && origins.includes("*")) {
    throw new Error("corsOrigins must be exact origins with corsCredentials, got *: browsers send no cookies for it");
  }
  const bad = origins.find((origin) => !isOrigin(origin) && !(origin === "*" && origins.length === 1));
  if (bad !== undefined || origins.length === 0) {
    throw new Error(
      `corsOrigins must be exact origins such as https://app.example, or "*" alone, got ${bad ?? "none"}: no path, no trailing slash, no wildcard`,
    );
  }
}

export function isOrigin(value: string): boolean {
  return (
    /^https?:\/\/(\[[\da-f:]+\]|[a-z\d-]+(\.[a-z\d-]+)*)(:\d+)?$/.test(value) &&
    URL.canParse(value) &&
    new URL(value).origin === value
  );
}

/**
 * Value of Access-Control-Allow-Origin where the request's origin cannot be compared, as in a gateway response. With several
 * origins it is `*`, so that every page can read the error; the API uses no cookies or other credentials.
 */
export const staticOrigin = (origins: readonly string[]) => (origins.length === 1 ? (origins[0] as string) : "*");

/** Which pages may call the API from a browser. Free of cdktf: the settings are checked with it before anything is built. */

/** @throws Error unless each is an exact origin as a browser sends it, or `*` stands alone */
export function checkOrigins(origins: readonly string[]): void {
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
 * The one value of Access-Control-Allow-Origin where nothing can be compared, as in a gateway response. With several
 * origins that is `*`: no credentials are used, and an error that no page can read helps nobody.
 */
export const staticOrigin = (origins: readonly string[]) => (origins.length === 1 ? (origins[0] as string) : "*");

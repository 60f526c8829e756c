export interface CookieOptions {
  /**
   * Seconds until the browser forgets it; 0 deletes it now.
   * @default - when the browser ends its session
   */
  readonly maxAgeSeconds?: number;
  /**
   * Path below which it is sent, with the API's stage: `/v1/user`.
   * @default "/"
   */
  readonly path?: string;
  /**
   * Host and subdomains that get it.
   * @default - the API's own host only
   */
  readonly domain?: string;
  /**
   * Requests from other sites that it goes with. `None` is for pages of another site, whose requests need credentials.
   * @default "Strict"
   */
  readonly sameSite?: "Strict" | "Lax" | "None";
  /**
   * Whether scripts of a page cannot read it.
   * @default true
   */
  readonly httpOnly?: boolean;
}

/**
 * The value of a `Set-Cookie` header; always `Secure`.
 * https://www.rfc-editor.org/rfc/rfc6265#section-4.1
 * @param value sent percent-encoded where a cookie cannot hold it
 * @throws TypeError if name, path or domain cannot be sent in a cookie
 */
export function cookie(name: string, value: string, options: CookieOptions = {}): string {
  const { maxAgeSeconds, path = "/", domain, sameSite = "Strict", httpOnly = true } = options;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new TypeError("a cookie's name must be a token: letters, digits, -");
  for (const text of [path, domain ?? ""]) {
    if (!/^[\x20-\x3a\x3c-\x7e]*$/.test(text)) throw new TypeError("a cookie's path and domain must not hold ;");
  }
  return [
    `${name}=${encodeURIComponent(value)}`,
    `Path=${path}`,
    ...(domain ? [`Domain=${domain}`] : []),
    ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${Math.trunc(maxAgeSeconds)}`]),
    "Secure",
    ...(httpOnly ? ["HttpOnly"] : []),
    `SameSite=${sameSite}`,
  ].join("; ");
}

/** The cookies of a request by name; of equal names the first, which is the most specific. */
export const readCookies = (header: string | undefined): ReadonlyMap<string, string> =>
  new Map(pairs(header).reverse());

/** Every value of one name. Cookies of several paths or domains can have the same name. */
export const cookieValues = (header: string | undefined, name: string): string[] =>
  pairs(header).flatMap(([key, value]) => (key === name ? [value] : []));

function pairs(header: string | undefined): [name: string, value: string][] {
  return (header?.split(";") ?? []).flatMap((pair) => {
    const at = pair.indexOf("=");
    const name = pair.slice(0, Math.max(at, 0)).trim();
    return name ? [[name, decode(pair.slice(at + 1).trim())]] : [];
  });
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

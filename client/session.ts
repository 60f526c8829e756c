/** The tokens of a signed-in user. */

export interface Session {
  readonly id_token: string;
  readonly access_token: string;
  /** Undefined with REFRESH_TOKEN_COOKIE: the browser keeps it. */
  readonly refresh_token?: string | undefined;
  /** The user's name in the pool. */
  readonly username: string;
  /** Milliseconds since 1970, by this device's clock. */
  readonly expiresAt: number;
}

/** Where the session is kept between requests, and perhaps between visits. */
export interface SessionStore {
  load(): Session | undefined;
  save(session: Session | undefined): void;
}

/** Lost with the page. Scripts of other origins in the page (XSS) can read whatever a page stores: memory and the cookie are the safest. */
export function memoryStore(): SessionStore {
  let session: Session | undefined;
  return {
    load: () => session,
    save(next) {
      session = next;
    },
  };
}

/** Data of a login or renewal. */
export interface TokenData {
  readonly id_token: string;
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_token?: string | undefined;
  readonly username?: string | undefined;
}

/** @param previous keeps what a renewal does not return: the user's name, and the refresh token unless it is rotated */
export function sessionOf(data: TokenData, previous: Session | undefined, tokenUse: "id" | "access"): Session {
  const token = tokenUse === "id" ? data.id_token : data.access_token;
  return {
    id_token: data.id_token,
    access_token: data.access_token,
    refresh_token: data.refresh_token ?? previous?.refresh_token,
    username: data.username ?? previous?.username ?? "",
    expiresAt: Date.now() + (lifetime(token) ?? data.expires_in) * 1000,
  };
}

/** Seconds, from the token's own claims: `expires_in` is that of the access token, and this device's clock may be wrong. */
function lifetime(token: string): number | undefined {
  try {
    const payload = atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    const { exp, iat } = JSON.parse(payload) as { readonly exp?: unknown; readonly iat?: unknown };
    return typeof exp === "number" && typeof iat === "number" ? exp - iat : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The refresh token in a cookie, out of the reach of a page's scripts: with the setting REFRESH_TOKEN_COOKIE. The cookie also
 * holds the user's name, which Cognito wants with the token. See docs/users.md.
 */
import { tokenClaims } from "../cognito/session";
import { environment } from "../environment";
import { HttpError } from "../error-response";
import { stringProperty } from "../json";
import { type CookieOptions, cookie, cookieValues } from "./cookie";
import { allowedOrigins } from "./cors";
import { header, requestPath } from "./event";
import { type HttpResponse, ok } from "./response";

const NAME = "refresh_token";

/** Whether the setting is on. Then no body holds a refresh token. */
export const usesCookie = (): boolean => Boolean(process.env.REFRESH_TOKEN_COOKIE);

export interface StoredToken {
  readonly username: string;
  readonly refresh_token: string;
}

/**
 * Moves the refresh token of a login or a renewal from the data into the cookie.
 * @param result data that holds the id token and perhaps a refresh token; anything else, and all without the setting, is returned as it is
 */
export function keepRefreshToken<T extends object>(result: T, event: unknown): T | HttpResponse<T> {
  const { refresh_token: token, ...data } = result as T & { readonly refresh_token?: string };
  const claims = tokenClaims(stringProperty(result, "id_token") ?? "");
  const username = stringProperty(claims, "cognito:username");
  if (!usesCookie() || token === undefined || username === undefined) return result;
  const value = `${Buffer.from(username).toString("base64url")}.${token}`;
  return ok(data as unknown as T, { cookies: [cookie(NAME, value, options(event, lifetime(claims)))] });
}

/** A rotated token lives no longer than the first one of the login. */
function lifetime(claims: object | undefined): number {
  const seconds = Number(environment("REFRESH_TOKEN_SECONDS"));
  const { auth_time: at } = { ...claims } as { readonly auth_time?: unknown };
  return typeof at === "number" ? Math.max(0, Math.floor(at + seconds - Date.now() / 1000)) : seconds;
}

/** `200` with the cookie deleted. */
export const forgetRefreshToken = (data: object, event: unknown): HttpResponse<object> =>
  ok(data, { cookies: [cookie(NAME, "", options(event, 0))] });

/** The cookie goes to the routes below `/user` only, whatever the stage or the domain's base path. */
const options = (event: unknown, maxAgeSeconds: number): CookieOptions => ({
  path: /^(.*\/user)\//.exec(requestPath(event))?.[1] ?? "/",
  sameSite: environment("REFRESH_TOKEN_COOKIE") as NonNullable<CookieOptions["sameSite"]>,
  maxAgeSeconds,
});

/**
 * The token of the request's cookie; undefined without one, and with two: a subdomain beside the API's can set a cookie for the whole
 * domain, and its name is all that a request shows of it.
 * @throws {HttpError} 403 for a request that a page of another site can make: see `checkOrigin`, and without X-Requested-With
 */
export function readRefreshToken(event: unknown): StoredToken | undefined {
  checkOrigin(event);
  if (!header(event, "x-requested-with")) {
    throw new HttpError(403, "Please send the header X-Requested-With with the cookie");
  }
  const [value = "", ...others] = cookieValues(header(event, "cookie"), NAME);
  if (others.length > 0) return undefined;
  const dot = value.indexOf(".");
  if (dot < 1 || dot === value.length - 1) return undefined;
  return { username: Buffer.from(value.slice(0, dot), "base64url").toString(), refresh_token: value.slice(dot + 1) };
}

/**
 * Browsers send an Origin with every POST of a page, and no page can change it. Other clients send none.
 * @throws {HttpError} 403 if the setting is on and CORS_ORIGINS does not list the page's origin
 */
export function checkOrigin(event: unknown): void {
  const origin = header(event, "origin");
  if (!usesCookie() || origin === undefined) return;
  if (!allowedOrigins(environment("CORS_ORIGINS")).includes(origin)) {
    throw new HttpError(403, "This origin is not allowed");
  }
}

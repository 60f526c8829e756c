import { CognitoException, notAuthorized } from "./errors";
import type { Client } from "./local-user-pool";
import type { Context } from "./operation";
import { random } from "./random";
import { type Login, own, type RefreshToken, type User } from "./store";
import { issueTokens } from "./tokens";
import { triggerAttributes } from "./triggers";

/**
 * Starts a sign-in and returns its tokens.
 * @param source of the pre token generation trigger
 */
export async function signIn(context: Context, client: Client, user: User, source = "Authentication") {
  const { state } = client.pool;
  await context.trigger(client.pool, "post_authentication", {
    source: "Authentication",
    userName: user.username,
    clientId: client.id,
    request: { userAttributes: triggerAttributes(user), newDeviceUsed: false },
  });
  const now = context.now();
  forgetExpired(client, now);
  const originJti = random.uuid();
  const expiresAt = now + client.refreshTokenSeconds * 1000;
  const login: Login = { sub: user.sub, clientId: client.id, at: now, expiresAt, revoked: false };
  const tokens = await issueTokens(context, client, user, { originJti, login, source });
  state.logins[originJti] = login;
  const RefreshToken = newRefreshToken(client, originJti);
  return {
    AuthenticationResult: { ...tokens, RefreshToken },
    ChallengeParameters: {},
  };
}

/**
 * The sign-in that a refresh token continues.
 * @throws NotAuthorizedException
 */
export function findLogin(client: Client, token: string, now: number) {
  const { state } = client.pool;
  const refreshToken = own(state.refreshTokens, token);
  const login = own(state.logins, refreshToken?.originJti ?? "");
  const user = own(state.users, login?.sub ?? "");
  if (!refreshToken || !login || !user || login.clientId !== client.id) throw notAuthorized("Invalid Refresh Token");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (login.revoked) throw notAuthorized("Refresh Token has been revoked");
  if (now >= login.expiresAt) throw notAuthorized("Refresh Token has expired");
  return { refreshToken, login, user };
}

/**
 * A new token; the old one keeps working for the client's grace period. Both expire with the sign-in.
 * @throws RefreshTokenReuseException
 */
export function rotate(client: Client, old: RefreshToken, graceSeconds: number, now: number): string {
  if (old.replacedAt !== undefined && now >= old.replacedAt + graceSeconds * 1000) {
    throw new CognitoException("RefreshTokenReuseException", "Refresh token has been reused");
  }
  old.replacedAt ??= now;
  return newRefreshToken(client, old.originJti);
}

/** Revokes every sign-in of the user: refreshing and Cognito's operations stop; authorizers accept the tokens until they expire. */
export function signOutEverywhere({ state }: Client["pool"], { sub }: User): void {
  for (const login of Object.values(state.logins)) if (login.sub === sub) login.revoked = true;
}

/** Opaque; it only looks like AWS's encrypted token. */
function newRefreshToken({ pool }: Client, originJti: string): string {
  const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");
  const token = [header, ...[256, 12, 640, 16].map((bytes) => random.token(bytes))].join(".");
  pool.state.refreshTokens[token] = { originJti };
  return token;
}

/** Keeps expired sign-ins for a day: they report their expiry, and access tokens that outlive them still work. */
function forgetExpired({ pool: { state } }: Client, now: number): void {
  for (const [key, { expiresAt }] of Object.entries(state.logins)) {
    if (now > expiresAt + 86_400_000) delete state.logins[key];
  }
  for (const [key, { originJti }] of Object.entries(state.refreshTokens)) {
    if (!Object.hasOwn(state.logins, originJti)) delete state.refreshTokens[key];
  }
}

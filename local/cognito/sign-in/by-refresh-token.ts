import { invalidParameter, missingParameter } from "../errors";
import type { Client } from "../local-user-pool";
import { findLogin } from "../logins";
import type { Context } from "../operation";
import { checkSecretHash } from "../secret-hash";
import { issueTokens } from "../tokens";
import type { Parameters } from "./by-password";

/** Returns no refresh token: the old one keeps working. */
export async function signInByRefreshToken(client: Client, parameters: Parameters, context: Context) {
  const { REFRESH_TOKEN, SECRET_HASH } = parameters;
  if (client.rotationGraceSeconds !== undefined) {
    throw invalidParameter("REFRESH_TOKEN_AUTH is not supported for a client with refresh token rotation enabled.");
  }
  if (!REFRESH_TOKEN) throw missingParameter("REFRESH_TOKEN");
  if (client.secret !== undefined && !SECRET_HASH) checkSecretHash(client, [], SECRET_HASH);
  const now = context.now();
  const { login, refreshToken, user } = findLogin(client, REFRESH_TOKEN, now);
  checkSecretHash(client, [user.username, user.sub], SECRET_HASH, "SecretHash does not match for the client:");
  const AuthenticationResult = await issueTokens(context, client, user, {
    originJti: refreshToken.originJti,
    login,
    source: "RefreshTokens",
  });
  return { AuthenticationResult, ChallengeParameters: {} };
}

import { type AppClient, appClient } from "./shared/cognito/app-client";
import { CognitoError } from "./shared/cognito/cognito-error";
import type { ErrorResponse } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { forgetRefreshToken, readRefreshToken, usesCookie } from "./shared/http/refresh-cookie";
import { type LogoutBody, logoutBody, noFields } from "./shared/schemas";

/**
 * Revokes a refresh token and the access tokens issued with it. Authorizers still accept an access or id token until it
 * expires. Idempotent: Cognito returns 200 for a revoked token, and an error that calls it invalid is a success here too.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html
 */
export async function logout(client: AppClient, { refresh_token: token }: LogoutBody): Promise<object> {
  try {
    await client.withSecret((secret) =>
      client.call("RevokeToken", { ClientId: client.clientId, ClientSecret: secret, Token: token }),
    );
  } catch (error) {
    if (!(error instanceof CognitoError && error.type === "NotAuthorizedException")) throw error;
  }
  return {};
}

const invalidToken: ErrorResponse = { status: 400, message: "refresh_token must be a refresh token of this API" };

const props = {
  purpose: "to log out",
  errors: {
    InvalidParameterException: invalidToken,
    InvalidValue: invalidToken,
    UnsupportedTokenTypeException: invalidToken,
    UnauthorizedException: invalidToken,
  },
} as const;

/** A cookie that holds no token of this API is deleted all the same. */
function ignoreInvalid(error: unknown): void {
  if (!(error instanceof CognitoError && Object.hasOwn(props.errors, error.type))) throw error;
}

export const handler = usesCookie()
  ? endpoint({ ...props, body: noFields }, async ({ event, signal }) => {
      const stored = readRefreshToken(event);
      if (stored) await logout(appClient(signal), stored).catch(ignoreInvalid);
      return forgetRefreshToken({}, event);
    })
  : endpoint({ ...props, body: logoutBody }, ({ body, signal }) => logout(appClient(signal), body));

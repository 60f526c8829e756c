import { type AppClient, appClient } from "./shared/cognito/app-client";
import { CognitoError } from "./shared/cognito/cognito-error";
import type { ErrorResponse } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { type LogoutBody, logoutBody } from "./shared/schemas";

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

export const handler = endpoint(
  {
    body: logoutBody,
    purpose: "to log out",
    errors: {
      InvalidParameterException: invalidToken,
      InvalidValue: invalidToken,
      UnsupportedTokenTypeException: invalidToken,
      UnauthorizedException: invalidToken,
    },
  },
  ({ body, signal }) => logout(appClient(signal), body),
);

import { type AppClient, appClient } from "./shared/cognito/app-client";
import { CognitoError, type Refusal } from "./shared/errors";
import { endpoint } from "./shared/http/endpoint";
import { type LogoutBody, logoutBody } from "./shared/schemas";

/**
 * Revokes a refresh token and the access tokens that came of it. Authorizers go on accepting an access or id token until it
 * expires. Cognito answers 200 for a token that is revoked already; should it ever call such a token invalid, the caller
 * still has what was asked for.
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

const refused: Refusal = { status: 400, message: "refresh_token must be a refresh token of this API" };

export const handler = endpoint(
  {
    body: logoutBody,
    purpose: "to log out",
    refusals: {
      InvalidParameterException: refused,
      InvalidValue: refused,
      UnsupportedTokenTypeException: refused,
      UnauthorizedException: refused,
    },
  },
  (body, { signal }) => logout(appClient(signal), body),
);

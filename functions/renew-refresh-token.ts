import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { type Tokens, tokensOf } from "./shared/cognito/session";
import { environment } from "./shared/environment";
import { CognitoError, type Refusal } from "./shared/errors";
import { endpoint } from "./shared/http/endpoint";
import { type RenewRefreshTokenBody, renewRefreshTokenBody } from "./shared/schemas";

export interface RenewedTokens extends Tokens {
  /** The next refresh token, if rotation is on: the one that was sent stops working. */
  readonly refresh_token?: string;
}

/** New id and access tokens. `username` is the pool's own name, as login answered it: the secret hash is made with it. */
export async function renew(client: AppClient, body: RenewRefreshTokenBody): Promise<RenewedTokens> {
  const answer = await withSecretHash(client, body.username, (hash) =>
    client.call("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: client.clientId,
      AuthParameters: { REFRESH_TOKEN: body.refresh_token, SECRET_HASH: hash },
    }),
  ).catch(wrongName);
  return tokensOf("InitiateAuth", answer.AuthenticationResult);
}

/** A user name that is not the token's own makes a wrong hash of the right secret, which was read again by now. */
function wrongName(error: unknown): never {
  if (!(error instanceof CognitoError && error.type === "SecretRefused")) throw error;
  throw new CognitoError(error.operation, "NotAuthorizedException", error.message, error.requestId);
}

/**
 * The same for an app client that rotates refresh tokens, where Cognito refuses REFRESH_TOKEN_AUTH. It takes no user name.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html
 */
export async function rotate(client: AppClient, body: RenewRefreshTokenBody): Promise<RenewedTokens> {
  const { AuthenticationResult: result } = await client.withSecret((secret) =>
    client.call("GetTokensFromRefreshToken", {
      ClientId: client.clientId,
      ClientSecret: secret,
      RefreshToken: body.refresh_token,
    }),
  );
  const tokens = tokensOf("GetTokensFromRefreshToken", result);
  return result?.RefreshToken ? { ...tokens, refresh_token: result.RefreshToken } : tokens;
}

const refused: Refusal = {
  status: 401,
  message: "Invalid refresh token or username is incorrect or Refresh Token has been revoked",
};

export const handler = endpoint(
  {
    body: renewRefreshTokenBody,
    purpose: "to renew tokens",
    refusals: {
      NotAuthorizedException: refused,
      RefreshTokenReuseException: refused,
      UserNotFoundException: refused,
      PasswordResetRequiredException: refused,
      UserLambdaValidationException: refused,
      InvalidParameterException: refused,
      InvalidValue: refused,
    },
  },
  (body, { signal }) => {
    const renewal = environment("REFRESH_TOKEN_ROTATION") === "true" ? rotate : renew;
    return renewal(appClient(signal), body);
  },
);

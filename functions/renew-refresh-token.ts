import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { CognitoError } from "./shared/cognito/cognito-error";
import { type Tokens, tokensOf } from "./shared/cognito/session";
import { environment } from "./shared/environment";
import { type ErrorResponse, HttpError } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { keepRefreshToken, readRefreshToken, usesCookie } from "./shared/http/refresh-cookie";
import { type RenewRefreshTokenBody, renewByCookieBody, renewRefreshTokenBody } from "./shared/schemas";

export interface RenewedTokens extends Tokens {
  /** With rotation, the next refresh token: the previous one stops working. */
  readonly refresh_token?: string;
}

/** Returns new id and access tokens. `username` must be the user's name in the pool, as login returned it: the secret hash is made with it. */
export async function renew(client: AppClient, body: RenewRefreshTokenBody): Promise<RenewedTokens> {
  const response = await withSecretHash(client, body.username, (hash) =>
    client.call("InitiateAuth", {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: client.clientId,
      AuthParameters: { REFRESH_TOKEN: body.refresh_token, SECRET_HASH: hash },
    }),
  ).catch(blameUsername);
  return tokensOf("InitiateAuth", response.AuthenticationResult);
}

/** The secret has been read again by now, so a rejected hash means that the user name does not belong to the token. */
function blameUsername(error: unknown): never {
  if (!(error instanceof CognitoError && error.type === "SecretRejected")) throw error;
  throw new CognitoError(error.operation, "NotAuthorizedException", error.message, error.requestId);
}

/**
 * The same for an app client with refresh token rotation, for which Cognito rejects REFRESH_TOKEN_AUTH. No user name is sent.
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

const unauthorized: ErrorResponse = {
  status: 401,
  message: "Invalid refresh token or username is incorrect or Refresh Token has been revoked",
};

const props = {
  purpose: "to renew tokens",
  errors: {
    NotAuthorizedException: unauthorized,
    RefreshTokenReuseException: unauthorized,
    UserNotFoundException: unauthorized,
    PasswordResetRequiredException: unauthorized,
    UserLambdaValidationException: unauthorized,
    InvalidParameterException: unauthorized,
    InvalidValue: unauthorized,
  },
} as const;

const renewal = (signal: AbortSignal, body: RenewRefreshTokenBody): Promise<RenewedTokens> =>
  (environment("REFRESH_TOKEN_ROTATION") === "true" ? rotate : renew)(appClient(signal), body);

export const handler = usesCookie()
  ? endpoint({ ...props, body: renewByCookieBody }, async ({ event, signal }) => {
      const stored = readRefreshToken(event);
      if (!stored) throw new HttpError(unauthorized.status, unauthorized.message);
      return keepRefreshToken(await renewal(signal, stored), event);
    })
  : endpoint({ ...props, body: renewRefreshTokenBody }, ({ body, signal }) => renewal(signal, body));

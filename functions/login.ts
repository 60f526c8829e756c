import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { withAppSecret } from "./shared/cognito/mfa-setup";
import { type Challenge, type Session, sessionOf } from "./shared/cognito/session";
import type { ErrorResponse } from "./shared/error-response";
import { endpoint } from "./shared/http/endpoint";
import { checkOrigin, keepRefreshToken } from "./shared/http/refresh-cookie";
import { type LoginBody, loginBody } from "./shared/schemas";

/** Signs in with a password. The caller cannot choose flow or app client. */
export async function login(client: AppClient, { username, password }: LoginBody): Promise<Session | Challenge> {
  const response = await withSecretHash(client, username, (hash) =>
    client.call("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: client.clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: hash },
    }),
  );
  return withAppSecret(client, sessionOf("InitiateAuth", response, username));
}

/**
 * One response for all: whether the user exists, is unconfirmed, disabled, locked out or must reset the password. Cognito
 * may report an unconfirmed user before it has checked the password.
 */
const unauthorized: ErrorResponse = {
  status: 401,
  message: "Incorrect username or password, or the user is not confirmed",
};

export const handler = endpoint(
  {
    body: loginBody,
    purpose: "to log in",
    counts: "SignIns",
    errors: {
      NotAuthorizedException: unauthorized,
      UserNotFoundException: unauthorized,
      UserNotConfirmedException: unauthorized,
      PasswordResetRequiredException: unauthorized,
      UserLambdaValidationException: unauthorized,
    },
  },
  async ({ body, event, signal }) => {
    checkOrigin(event);
    return keepRefreshToken(await login(appClient(signal), body), event);
  },
);

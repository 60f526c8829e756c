import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { type Challenge, type Session, sessionOf } from "./shared/cognito/session";
import type { Refusal } from "./shared/errors";
import { endpoint } from "./shared/http/endpoint";
import { type LoginBody, loginBody } from "./shared/schemas";

/** Signs in with a password. The flow and the client are never the caller's to choose. */
export async function login(client: AppClient, { username, password }: LoginBody): Promise<Session | Challenge> {
  const answer = await withSecretHash(client, username, (hash) =>
    client.call("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: client.clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: hash },
    }),
  );
  return sessionOf("InitiateAuth", answer, username);
}

/** One text, so that nobody learns which user names exist, are disabled, locked out or to be reset. */
const refused: Refusal = { status: 401, message: "Incorrect username or password" };

export const handler = endpoint(
  {
    body: loginBody,
    purpose: "to log in",
    refusals: {
      NotAuthorizedException: refused,
      UserNotFoundException: refused,
      PasswordResetRequiredException: refused,
      UserLambdaValidationException: refused,
    },
  },
  (body, { signal }) => login(appClient(signal), body),
);

import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { hideUserExistence } from "./shared/cognito/hide-user-existence";
import { endpoint } from "./shared/http/endpoint";
import { type ResendCodeBody, resendCodeBody } from "./shared/schemas";

/** Sends the sign-up code again if the user exists and is unconfirmed; the response is the same if not. */
export const resendCode = (client: AppClient, { username }: ResendCodeBody): Promise<object> =>
  hideUserExistence(
    withSecretHash(client, username, (hash) =>
      client.call("ResendConfirmationCode", { ClientId: client.clientId, SecretHash: hash, Username: username }),
    ),
  );

export const handler = endpoint({ body: resendCodeBody, purpose: "to get a new code" }, ({ body, signal }) =>
  resendCode(appClient(signal), body),
);

import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { hideUserExistence } from "./shared/cognito/hide-user-existence";
import { endpoint } from "./shared/http/endpoint";
import { type ForgotPasswordBody, forgotPasswordBody } from "./shared/schemas";

/** Sends a code for a new password if the user exists and has a verified address; the response is the same if not. */
export const forgotPassword = (client: AppClient, { username }: ForgotPasswordBody): Promise<object> =>
  hideUserExistence(
    withSecretHash(client, username, (hash) =>
      client.call("ForgotPassword", { ClientId: client.clientId, SecretHash: hash, Username: username }),
    ),
  );

export const handler = endpoint({ body: forgotPasswordBody, purpose: "to reset the password" }, ({ body, signal }) =>
  forgotPassword(appClient(signal), body),
);

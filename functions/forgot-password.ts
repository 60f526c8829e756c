import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { unrevealing } from "./shared/cognito/unrevealing";
import { endpoint } from "./shared/http/endpoint";
import { type ForgotPasswordBody, forgotPasswordBody } from "./shared/schemas";

/** Sends a code to set a new password with, to a user that is there and has a verified address; the answer does not tell. */
export const forgotPassword = (client: AppClient, { username }: ForgotPasswordBody): Promise<object> =>
  unrevealing(
    withSecretHash(client, username, (hash) =>
      client.call("ForgotPassword", { ClientId: client.clientId, SecretHash: hash, Username: username }),
    ),
  );

export const handler = endpoint({ body: forgotPasswordBody, purpose: "to reset the password" }, (body, { signal }) =>
  forgotPassword(appClient(signal), body),
);

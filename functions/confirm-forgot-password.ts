import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { codeErrors } from "./shared/cognito/error-responses";
import { endpoint } from "./shared/http/endpoint";
import { type ConfirmForgotPasswordBody, confirmForgotPasswordBody } from "./shared/schemas";

/** Sets a new password with the code that forgot-password mailed. */
export async function confirmForgotPassword(client: AppClient, body: ConfirmForgotPasswordBody): Promise<object> {
  await withSecretHash(client, body.username, (hash) =>
    client.call("ConfirmForgotPassword", {
      ClientId: client.clientId,
      SecretHash: hash,
      Username: body.username,
      ConfirmationCode: body.code,
      Password: body.password,
    }),
  );
  return {};
}

export const handler = endpoint(
  {
    body: confirmForgotPasswordBody,
    purpose: "to set a new password",
    errors: codeErrors("Invalid or expired code, too many attempts, or a password that breaks the user pool's rules"),
  },
  ({ body, signal }) => confirmForgotPassword(appClient(signal), body),
);

import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { codeErrors } from "./shared/cognito/error-responses";
import { endpoint } from "./shared/http/endpoint";
import { type ConfirmSignUpBody, confirmSignUpBody } from "./shared/schemas";

/** Confirms an account with the code that was mailed at sign-up. */
export async function confirmSignUp(client: AppClient, { username, code }: ConfirmSignUpBody): Promise<object> {
  await withSecretHash(client, username, (hash) =>
    client.call("ConfirmSignUp", {
      ClientId: client.clientId,
      SecretHash: hash,
      Username: username,
      ConfirmationCode: code,
    }),
  );
  return {};
}

export const handler = endpoint(
  {
    body: confirmSignUpBody,
    purpose: "to confirm the sign-up",
    errors: codeErrors("Invalid or expired code, too many attempts, or an email that another account has confirmed"),
  },
  ({ body, signal }) => confirmSignUp(appClient(signal), body),
);

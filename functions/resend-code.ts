import { type AppClient, appClient, withSecretHash } from "./shared/cognito/app-client";
import { unrevealing } from "./shared/cognito/unrevealing";
import { endpoint } from "./shared/http/endpoint";
import { type ResendCodeBody, resendCodeBody } from "./shared/schemas";

/** Sends the sign-up code again, to a user that is there and not confirmed; the answer does not tell. */
export const resendCode = (client: AppClient, { username }: ResendCodeBody): Promise<object> =>
  unrevealing(
    withSecretHash(client, username, (hash) =>
      client.call("ResendConfirmationCode", { ClientId: client.clientId, SecretHash: hash, Username: username }),
    ),
  );

export const handler = endpoint({ body: resendCodeBody, purpose: "to get a new code" }, (body, { signal }) =>
  resendCode(appClient(signal), body),
);

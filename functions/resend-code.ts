import { type AppClient, appClient, withSecretHash } from "./shared/app-client";
import { endpoint } from "./shared/endpoint";
import { type ResendCodeBody, resendCodeBody } from "./shared/schemas";
import { unrevealing } from "./shared/unrevealing";

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

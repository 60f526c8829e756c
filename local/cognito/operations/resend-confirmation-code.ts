import * as v from "valibot";
import { sendCode, simulatedDelivery } from "../codes";
import { invalidParameter, userNotFound } from "../errors";
import { operation } from "../operation";
import { clientUser } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { findUser } from "../users";

export const resendConfirmationCode = operation(v.object(clientUser), async (input, context) => {
  const client = context.client(input.ClientId);
  checkSecretHash(client, [input.Username], input.SecretHash);
  const user = findUser(client.pool, input.Username);
  if (!user?.enabled && client.protectsUserExistence) {
    return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
  }
  if (!user) throw userNotFound();
  if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
  const { ClientMetadata: clientMetadata } = input;
  const recipient = { pool: client.pool, user, clientId: client.id, source: "ResendCode", clientMetadata };
  const CodeDeliveryDetails = client.pool.verifiesEmail ? await sendCode(context, recipient, "sign-up") : undefined;
  if (!CodeDeliveryDetails) throw invalidParameter("Cannot resend codes. Auto verification not turned on.");
  return { CodeDeliveryDetails };
});

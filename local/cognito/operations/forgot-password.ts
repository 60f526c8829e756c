import * as v from "valibot";
import { sendCode, simulatedDelivery } from "../codes";
import { invalidParameter, notAuthorized, userNotFound } from "../errors";
import { migrateUser } from "../migrate-user";
import { operation } from "../operation";
import { clientUser } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { findUser, recoversByEmail } from "../users";

/** With `prevent_user_existence_errors`, users who cannot receive a code get the response of a sent one. */
export const forgotPassword = operation(v.object(clientUser), async (input, context) => {
  const client = context.client(input.ClientId);
  checkSecretHash(client, [input.Username], input.SecretHash);
  const { pool } = client;
  const user =
    findUser(pool, input.Username) ??
    (await migrateUser(context, client, "ForgotPassword", input.Username, undefined, input.ClientMetadata));
  const reachable = user !== undefined && recoversByEmail(user);
  if (client.protectsUserExistence && !(user?.enabled && reachable)) {
    return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
  }
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    throw notAuthorized("User password cannot be reset in the current state.");
  }
  const { ClientMetadata: clientMetadata } = input;
  const recipient = { pool, user, clientId: client.id, source: "ForgotPassword", clientMetadata };
  const CodeDeliveryDetails = reachable ? await sendCode(context, recipient, "password reset") : undefined;
  if (CodeDeliveryDetails) return { CodeDeliveryDetails };
  throw invalidParameter("Cannot reset password for the user as there is no registered/verified email or phone_number");
});

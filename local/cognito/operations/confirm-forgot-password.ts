import * as v from "valibot";
import { useCode } from "../codes";
import { codeMismatch, notAuthorized, userNotFound } from "../errors";
import { noFailures } from "../lockout";
import { operation } from "../operation";
import { checkPolicy, setPassword } from "../password";
import { postConfirmation } from "../post-confirmation";
import { clientUser, confirmationCode, password } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { findUser } from "../users";

const request = v.object({ ...clientUser, ConfirmationCode: confirmationCode, Password: password });

export const confirmForgotPassword = operation(request, async (input, context) => {
  const client = context.client(input.ClientId);
  checkSecretHash(client, [input.Username], input.SecretHash);
  const user = findUser(client.pool, input.Username);
  if (!user?.enabled && client.protectsUserExistence) throw codeMismatch();
  if (!user) throw userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  checkPolicy(client.pool.passwordPolicy, input.Password);
  useCode(user, "password reset", input.ConfirmationCode, context.now());
  setPassword(client.pool, user, input.Password);
  Object.assign(user, { modifiedAt: context.now(), status: "CONFIRMED", failures: noFailures });
  await postConfirmation(context, client.pool, user, "ConfirmForgotPassword", client.id, input.ClientMetadata);
  return {};
});

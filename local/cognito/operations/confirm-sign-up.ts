import * as v from "valibot";
import { useCode } from "../codes";
import { aliasExists, codeExpired, notAuthorized, userNotFound } from "../errors";
import { operation } from "../operation";
import { postConfirmation } from "../post-confirmation";
import { clientUser, confirmationCode, flag } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { claimEmail, findByEmail, findUser } from "../users";

const request = v.object({ ...clientUser, ConfirmationCode: confirmationCode, ForceAliasCreation: flag });

export const confirmSignUp = operation(request, async (input, context) => {
  const client = context.client(input.ClientId);
  const { pool } = client;
  checkSecretHash(client, [input.Username], input.SecretHash);
  const user = findUser(pool, input.Username);
  if (!user) throw client.protectsUserExistence ? codeExpired() : userNotFound();
  if (user.status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  const holder = findByEmail(pool, user.attributes.email ?? "");
  if (holder && holder !== user && !input.ForceAliasCreation) throw aliasExists();
  useCode(user, "sign-up", input.ConfirmationCode, context.now());
  claimEmail(pool, user, true);
  user.status = "CONFIRMED";
  user.modifiedAt = context.now();
  await postConfirmation(context, pool, user, "ConfirmSignUp", client.id, input.ClientMetadata);
  return {};
});

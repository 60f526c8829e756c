import { nextChallenge } from "../custom-auth";
import { CognitoException, missingParameter, notAuthorized, userNotFound, wrongCredentials } from "../errors";
import type { Client } from "../local-user-pool";
import type { Context } from "../operation";
import { checkSecretHash } from "../secret-hash";
import { findUser } from "../users";
import { type Parameters, preAuthentication } from "./by-password";

/** CUSTOM_AUTH: triggers decide. */
export async function signInByChallenges(
  client: Client,
  { USERNAME, SECRET_HASH }: Parameters,
  metadata: Parameters,
  context: Context,
) {
  if (!USERNAME) throw missingParameter("USERNAME");
  checkSecretHash(client, [USERNAME], SECRET_HASH);
  const user = findUser(client.pool, USERNAME);
  await preAuthentication(context, client, user, USERNAME, metadata);
  if (!user) throw client.protectsUserExistence ? wrongCredentials() : userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw new CognitoException("UserNotConfirmedException", "User is not confirmed.");
  return nextChallenge(context, client, user, [], metadata);
}

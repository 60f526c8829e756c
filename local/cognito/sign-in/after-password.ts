import { attributeList, missingAttributes } from "../attributes";
import { CognitoException, notAuthorized } from "../errors";
import type { Client } from "../local-user-pool";
import type { Context } from "../operation";
import type { User } from "../store";
import { challenge } from "./challenge";
import { secondFactor } from "./second-factor";

/**
 * What follows a right password: tokens, or the next challenge.
 * @throws NotAuthorizedException, UserNotConfirmedException, PasswordResetRequiredException
 */
export async function afterPassword(context: Context, client: Client, user: User) {
  const now = context.now();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw new CognitoException("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED") {
    throw new CognitoException("PasswordResetRequiredException", "Password reset required for the user");
  }
  if (now >= (user.password?.expiresAt ?? Number.POSITIVE_INFINITY)) {
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  }
  if (user.status === "FORCE_CHANGE_PASSWORD") return newPasswordChallenge(client, user, now);
  return secondFactor(context, client, user);
}

function newPasswordChallenge(client: Client, user: User, now: number) {
  const known = attributeList(user).filter(({ Name }) => Name !== "sub");
  const required = missingAttributes(client.pool, user.attributes).map((name) => `userAttributes.${name}`);
  return challenge(client, user, "NEW_PASSWORD_REQUIRED", now, {
    requiredAttributes: JSON.stringify(required),
    userAttributes: JSON.stringify(Object.fromEntries(known.map(({ Name, Value }) => [Name, Value]))),
  });
}

import * as v from "valibot";
import { attributeList, checkedAttributes, requireAttributes } from "../attributes";
import { aliasExists, CognitoError, invalidParameter, userNotFound } from "../errors";
import { type Context, operation } from "../operation";
import { checkPolicy, temporaryPasswordOf } from "../password";
import type { Pool } from "../pool";
import { random } from "../random";
import { attributes, flag, password, poolUser } from "../schema";
import type { User } from "../store";
import { addUser, claimEmail, findByEmail, findUser, userSummary } from "../users";
import { checkUsername } from "./sign-up";

const request = v.object({
  ...poolUser,
  UserAttributes: v.nullish(attributes, []),
  TemporaryPassword: v.nullish(password),
  ForceAliasCreation: flag,
  MessageAction: v.nullish(v.picklist(["RESEND", "SUPPRESS"])),
  DesiredDeliveryMediums: v.nullish(v.array(v.picklist(["SMS", "EMAIL"]))),
});
type Request = v.InferOutput<typeof request>;

/** A user with a temporary password, mailed to them unless MessageAction is SUPPRESS; RESEND mails a new one. */
export const adminCreateUser = operation(request, (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const text = input.TemporaryPassword || random.password(pool.passwordPolicy.minimum_length);
  checkPolicy(pool.passwordPolicy, text);
  const user = input.MessageAction === "RESEND" ? invitedUser(pool, input) : newUser(pool, input, context);
  user.password = temporaryPasswordOf(pool, text, context.now());
  const destination = user.attributes.email;
  if (destination && input.MessageAction !== "SUPPRESS") {
    context.deliver({ username: user.username, destination, code: text, purpose: "temporary password" });
  }
  return { User: { ...userSummary(user), Attributes: attributeList(user) } };
});

function invitedUser(pool: Pool, { Username }: Request): User {
  const user = findUser(pool, Username);
  if (!user) throw userNotFound();
  if (user.status === "FORCE_CHANGE_PASSWORD") return user;
  throw new CognitoError(
    "UnsupportedUserStateException",
    `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
  );
}

function newUser(pool: Pool, input: Request, context: Context): User {
  checkUsername(pool, input.Username);
  const given = checkedAttributes(pool, input.UserAttributes);
  if (pool.emailAsUsername) given.email ??= input.Username;
  requireAttributes(pool, given);
  if (findUser(pool, input.Username)) {
    throw new CognitoError("UsernameExistsException", "User account already exists");
  }
  const verified = given.email_verified === "true";
  if (verified && !given.email) throw invalidParameter("Email is required to set email_verified as true.");
  if (verified && findByEmail(pool, given.email ?? "") && !input.ForceAliasCreation) throw aliasExists();
  const user = addUser(pool, context.now(), {
    username: input.Username,
    status: "FORCE_CHANGE_PASSWORD",
    attributes: given,
  });
  if (verified) claimEmail(pool, user, true);
  return user;
}

import * as v from "valibot";
import { checkedAttributes, refuseVerifiedFlags, requireAttributes } from "../attributes";
import { sendCode } from "../codes";
import { CognitoError, invalidParameter, notAuthorized } from "../errors";
import { operation } from "../operation";
import { checkPolicy, passwordOf } from "../password";
import type { Pool } from "../pool";
import { attributes, clientUser, password } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { addUser, findUser } from "../users";

const request = v.object({ ...clientUser, Password: password, UserAttributes: v.nullish(attributes, []) });

export const signUp = operation(request, ({ ClientId, Username, SecretHash, Password, UserAttributes }, context) => {
  const client = context.client(ClientId);
  const { pool } = client;
  checkSecretHash(client, [Username], SecretHash);
  if (pool.adminCreateOnly) throw notAuthorized("SignUp is not permitted for this user pool");
  checkUsername(pool, Username);
  const given = checkedAttributes(pool, UserAttributes);
  refuseVerifiedFlags(given);
  if (pool.emailAsUsername) given.email ??= Username;
  requireAttributes(pool, given);
  checkPolicy(pool.passwordPolicy, Password);
  if (findUser(pool, Username)) throw new CognitoError("UsernameExistsException", "User already exists");
  if (given.email) given.email_verified = "false";
  const user = addUser(pool, context.now(), {
    username: Username,
    status: "UNCONFIRMED",
    attributes: given,
    password: passwordOf(Password),
  });
  const CodeDeliveryDetails = pool.verifiesEmail ? sendCode(context, user, "sign-up") : undefined;
  return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails };
});

/** Where the e-mail address is another name, a user name that looks like one would be ambiguous. */
export function checkUsername(pool: Pool, username: string): void {
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(username);
  if (pool.emailAsUsername && !isEmail) throw invalidParameter("Username should be an email.");
  if (pool.emailAlias && isEmail) {
    throw invalidParameter("Username cannot be of email format, since user pool is configured for email alias.");
  }
}

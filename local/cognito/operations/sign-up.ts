import * as v from "valibot";
import { checkedAttributes, rejectVerifiedFlags, requireAttributes } from "../attributes";
import { sendCode } from "../codes";
import { CognitoException, invalidParameter, notAuthorized } from "../errors";
import type { LocalUserPool } from "../local-user-pool";
import { operation } from "../operation";
import { checkPolicy, passwordOf } from "../password";
import { clientUser, password, userAttributes } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { addUser, findUser } from "../users";

const request = v.object({ ...clientUser, Password: password, UserAttributes: v.nullish(userAttributes, []) });

export const signUp = operation(request, ({ ClientId, Username, SecretHash, Password, UserAttributes }, context) => {
  const client = context.client(ClientId);
  const { pool } = client;
  checkSecretHash(client, [Username], SecretHash);
  if (pool.adminCreateOnly) throw notAuthorized("SignUp is not permitted for this user pool");
  checkUsername(pool, Username);
  const attributes = checkedAttributes(pool, UserAttributes);
  rejectVerifiedFlags(attributes);
  if (pool.emailAsUsername) attributes.email ??= Username;
  requireAttributes(pool, attributes);
  checkPolicy(pool.passwordPolicy, Password);
  if (findUser(pool, Username)) throw new CognitoException("UsernameExistsException", "User already exists");
  if (attributes.email) attributes.email_verified = "false";
  const user = addUser(pool, context.now(), {
    username: Username,
    status: "UNCONFIRMED",
    attributes,
    password: passwordOf(Password),
  });
  const CodeDeliveryDetails = pool.verifiesEmail ? sendCode(context, user, "sign-up") : undefined;
  return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails };
});

/** With an e-mail alias, a user name that looks like an address would be ambiguous. */
export function checkUsername(pool: LocalUserPool, username: string): void {
  const isEmail = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(username);
  if (pool.emailAsUsername && !isEmail) throw invalidParameter("Username should be an email.");
  if (pool.emailAlias && isEmail) {
    throw invalidParameter("Username cannot be of email format, since user pool is configured for email alias.");
  }
}

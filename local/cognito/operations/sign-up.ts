import * as v from "valibot";
import { checkedAttributes, rejectVerifiedFlags, requireAttributes } from "../attributes";
import { sendCode } from "../codes";
import { aliasExists, CognitoException, invalidParameter, notAuthorized } from "../errors";
import type { LocalUserPool } from "../local-user-pool";
import { operation } from "../operation";
import { checkPolicy, setPassword } from "../password";
import { postConfirmation } from "../post-confirmation";
import { clientUser, password, userAttributes } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { addUser, findByEmail, findUser } from "../users";

const request = v.object({
  ...clientUser,
  Password: password,
  UserAttributes: v.nullish(userAttributes, []),
  ValidationData: v.nullish(userAttributes, []),
});

export const signUp = operation(request, async (input, context) => {
  const { ClientId, Username, SecretHash, Password, UserAttributes, ClientMetadata } = input;
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
  const decision = await context.trigger(pool, "pre_sign_up", {
    source: "SignUp",
    userName: Username,
    clientId: ClientId,
    request: {
      userAttributes: attributes,
      validationData: Object.fromEntries(input.ValidationData.map(({ Name, Value }) => [Name, Value])),
      clientMetadata: ClientMetadata,
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  const confirmed = decision?.autoConfirmUser ?? false;
  if (decision?.autoVerifyEmail && !attributes.email) throw invalidParameter("Email is required to auto verify it.");
  if (attributes.email) attributes.email_verified = String(decision?.autoVerifyEmail ?? false);
  if (findUser(pool, Username)) throw new CognitoException("UsernameExistsException", "User already exists");
  if (decision?.autoVerifyEmail && findByEmail(pool, attributes.email ?? "")) throw aliasExists();
  const user = addUser(pool, context.now(), {
    username: Username,
    status: confirmed ? "CONFIRMED" : "UNCONFIRMED",
    attributes,
  });
  setPassword(pool, user, Password);
  if (confirmed) {
    await postConfirmation(context, pool, user, "ConfirmSignUp", ClientId, ClientMetadata);
    return { UserConfirmed: true, UserSub: user.sub };
  }
  const recipient = { pool, user, clientId: ClientId, source: "SignUp", clientMetadata: ClientMetadata };
  const CodeDeliveryDetails = pool.verifiesEmail ? await sendCode(context, recipient, "sign-up") : undefined;
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

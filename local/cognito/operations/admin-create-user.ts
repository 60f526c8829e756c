import * as v from "valibot";
import { attributeList, checkedAttributes, requireAttributes } from "../attributes";
import { customMessage } from "../custom-message";
import { aliasExists, CognitoException, invalidParameter, userNotFound } from "../errors";
import type { LocalUserPool } from "../local-user-pool";
import { type Context, operation } from "../operation";
import { checkPolicy, setTemporaryPassword } from "../password";
import { random } from "../random";
import { flag, password, poolUser, strings, userAttributes } from "../schema";
import type { User } from "../store";
import { addUser, claimEmail, findByEmail, findUser, userSummary } from "../users";
import { checkUsername } from "./sign-up";

const request = v.object({
  ...poolUser,
  UserAttributes: v.nullish(userAttributes, []),
  TemporaryPassword: v.nullish(password),
  ForceAliasCreation: flag,
  MessageAction: v.nullish(v.picklist(["RESEND", "SUPPRESS"])),
  ClientMetadata: strings,
  ValidationData: v.nullish(userAttributes, []),
  DesiredDeliveryMediums: v.nullish(v.array(v.picklist(["SMS", "EMAIL"]))),
});
type Request = v.InferOutput<typeof request>;

/** Creates a user with a temporary password and mails it unless MessageAction is SUPPRESS; RESEND mails a new one. */
export const adminCreateUser = operation(request, async (input, context) => {
  const pool = context.pool(input.UserPoolId);
  const text = input.TemporaryPassword || random.password(pool.passwordPolicy.minimum_length);
  checkPolicy(pool.passwordPolicy, text);
  const user = input.MessageAction === "RESEND" ? invitedUser(pool, input) : await newUser(pool, input, context);
  setTemporaryPassword(pool, user, text, context.now());
  const destination = user.attributes.email;
  if (destination && input.MessageAction !== "SUPPRESS") {
    const mail = { user, clientId: undefined, source: "AdminCreateUser", clientMetadata: input.ClientMetadata };
    context.deliver({
      ...{ username: user.username, destination, code: text, purpose: "temporary password" },
      ...(await customMessage(context, pool, mail, text)),
    });
  }
  return { User: { ...userSummary(user), Attributes: attributeList(user) } };
});

function invitedUser(pool: LocalUserPool, { Username }: Request): User {
  const user = findUser(pool, Username);
  if (!user) throw userNotFound();
  if (user.status === "FORCE_CHANGE_PASSWORD") return user;
  throw new CognitoException(
    "UnsupportedUserStateException",
    `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
  );
}

async function newUser(pool: LocalUserPool, input: Request, context: Context): Promise<User> {
  checkUsername(pool, input.Username);
  const attributes = checkedAttributes(pool, input.UserAttributes);
  if (pool.emailAsUsername) attributes.email ??= input.Username;
  requireAttributes(pool, attributes);
  await context.trigger(pool, "pre_sign_up", {
    source: "AdminCreateUser",
    userName: input.Username,
    clientId: undefined,
    request: {
      userAttributes: attributes,
      validationData: Object.fromEntries(input.ValidationData.map(({ Name, Value }) => [Name, Value])),
      clientMetadata: input.ClientMetadata,
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  if (findUser(pool, input.Username)) {
    throw new CognitoException("UsernameExistsException", "User account already exists");
  }
  const verified = attributes.email_verified === "true";
  if (verified && !attributes.email) throw invalidParameter("Email is required to set email_verified as true.");
  if (verified && findByEmail(pool, attributes.email ?? "") && !input.ForceAliasCreation) throw aliasExists();
  const user = addUser(pool, context.now(), {
    username: input.Username,
    status: "FORCE_CHANGE_PASSWORD",
    attributes,
  });
  if (verified) claimEmail(pool, user, true);
  return user;
}

import * as v from "valibot";
import { checkedAttributes, rejectVerifiedFlags, updateAttributes } from "../attributes";
import { respondToChallenge } from "../custom-auth";
import { missingParameter, notAuthorized } from "../errors";
import { signIn } from "../logins";
import { operation } from "../operation";
import { checkPolicy, passwordOf } from "../password";
import { clientId, session, strings } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { findSession } from "../sessions";
import { findUser } from "../users";

const challenges =
  "SMS_MFA EMAIL_OTP SOFTWARE_TOKEN_MFA SELECT_MFA_TYPE MFA_SETUP PASSWORD_VERIFIER CUSTOM_CHALLENGE SELECT_CHALLENGE DEVICE_SRP_AUTH DEVICE_PASSWORD_VERIFIER ADMIN_NO_SRP_AUTH NEW_PASSWORD_REQUIRED SMS_OTP PASSWORD WEB_AUTHN PASSWORD_SRP";
const request = v.object({
  ClientId: clientId,
  ChallengeName: v.picklist(challenges.split(" ")),
  Session: v.nullish(session),
  ChallengeResponses: strings,
  ClientMetadata: strings,
});

/** Challenges other than these two have no session: they end in findSession's error. */
export const respondToAuthChallenge = operation(request, async (input, context) => {
  const client = context.client(input.ClientId);
  const { pool } = client;
  const { USERNAME, NEW_PASSWORD, ANSWER, SECRET_HASH, ...responses } = input.ChallengeResponses;
  if (!USERNAME) throw missingParameter("USERNAME");
  if (!input.Session) throw missingParameter("Session");
  const user = findUser(pool, USERNAME);
  checkSecretHash(client, user ? [user.username, user.sub] : [USERNAME], SECRET_HASH);
  const now = context.now();
  const open = findSession(client, input.Session, input.ChallengeName, now);
  if (open.sub !== user?.sub) throw notAuthorized("Invalid session for the user.");
  if (input.ChallengeName === "CUSTOM_CHALLENGE") {
    if (ANSWER === undefined) throw missingParameter("ANSWER");
    if (!user.enabled) throw notAuthorized("User is disabled.");
    return respondToChallenge(context, client, user, open, ANSWER, input.ClientMetadata);
  }
  if (!NEW_PASSWORD) throw missingParameter("NEW_PASSWORD");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  const attributes = checkedAttributes(pool, userAttributes(responses));
  rejectVerifiedFlags(attributes);
  checkPolicy(pool.passwordPolicy, NEW_PASSWORD);
  updateAttributes(pool, user, attributes, now);
  open.used = true;
  Object.assign(user, { password: passwordOf(NEW_PASSWORD), status: "CONFIRMED" });
  return signIn(context, client, user, "NewPasswordChallenge");
});

/** Attributes come among the responses as `userAttributes.<name>`. */
const userAttributes = (responses: Readonly<Record<string, string>>) =>
  Object.entries(responses)
    .filter(([key]) => key.startsWith("userAttributes."))
    .map(([key, Value]) => ({ Name: key.slice("userAttributes.".length), Value }));

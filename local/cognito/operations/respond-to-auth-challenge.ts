import * as v from "valibot";
import { checkedAttributes, rejectVerifiedFlags, updateAttributes } from "../attributes";
import { useCode } from "../codes";
import { respondToChallenge } from "../custom-auth";
import { missingParameter, notAuthorized } from "../errors";
import type { Client } from "../local-user-pool";
import { signIn } from "../logins";
import { type Context, operation } from "../operation";
import { checkPolicy, setPassword } from "../password";
import { clientId, session, strings } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { findSession } from "../sessions";
import type { Parameters } from "../sign-in/by-password";
import { verifySrp } from "../sign-in/by-srp";
import { secondFactor, selectFactor } from "../sign-in/second-factor";
import { useSoftwareToken } from "../sign-in/software-token";
import type { Session, User } from "../store";
import { findByEmail, findUser } from "../users";

const challenges =
  "SMS_MFA EMAIL_OTP SOFTWARE_TOKEN_MFA SELECT_MFA_TYPE MFA_SETUP PASSWORD_VERIFIER CUSTOM_CHALLENGE SELECT_CHALLENGE DEVICE_SRP_AUTH DEVICE_PASSWORD_VERIFIER ADMIN_NO_SRP_AUTH NEW_PASSWORD_REQUIRED SMS_OTP PASSWORD WEB_AUTHN PASSWORD_SRP";
/** Members of a response to a challenge. */
export const challengeResponse = {
  ClientId: clientId,
  ChallengeName: v.picklist(challenges.split(" ")),
  Session: v.nullish(session),
  ChallengeResponses: strings,
  ClientMetadata: strings,
};

interface Open {
  readonly context: Context;
  readonly client: Client;
  readonly user: User;
  readonly session: Session;
  readonly responses: Parameters;
  readonly metadata: Parameters;
}
type Respond = (open: Open) => Promise<object>;

/** The challenges of a session; any other has none and ends in findSession's error. */
const byChallenge: Readonly<Record<string, Respond>> = {
  async CUSTOM_CHALLENGE({ context, client, user, session, responses, metadata }) {
    const answer = required(responses, "ANSWER");
    return respondToChallenge(context, client, user, session, answer, metadata);
  },
  async NEW_PASSWORD_REQUIRED({ context, client, user, session, responses }) {
    const password = required(responses, "NEW_PASSWORD");
    const attributes = checkedAttributes(client.pool, userAttributes(responses));
    rejectVerifiedFlags(attributes);
    checkPolicy(client.pool.passwordPolicy, password);
    updateAttributes(client.pool, user, attributes, context.now());
    session.used = true;
    setPassword(client.pool, user, password);
    user.status = "CONFIRMED";
    return secondFactor(context, client, user, "NewPasswordChallenge");
  },
  async SOFTWARE_TOKEN_MFA({ context, client, user, session, responses }) {
    useSoftwareToken(user, session, required(responses, "SOFTWARE_TOKEN_MFA_CODE"), context.now());
    session.used = true;
    return signIn(context, client, user);
  },
  async EMAIL_OTP({ context, client, user, session, responses }) {
    useCode(user, "sign-in", required(responses, "EMAIL_OTP_CODE"), context.now());
    session.used = true;
    // The code has proved the address. Of another account's alias it makes no second one.
    if (!findByEmail(client.pool, user.attributes.email ?? "")) user.attributes.email_verified = "true";
    return signIn(context, client, user);
  },
  async SELECT_MFA_TYPE({ context, client, user, session, responses }) {
    const challenge = await selectFactor(context, client, user, required(responses, "ANSWER"));
    session.used = true;
    return challenge;
  },
  async MFA_SETUP({ context, client, user, session }) {
    if (!session.verified) throw notAuthorized("Invalid session for the user.");
    session.used = true;
    user.mfa ??= { methods: ["SOFTWARE_TOKEN_MFA"] };
    return signIn(context, client, user);
  },
};

/** @throws NotAuthorizedException unless the session is the user's, and of this challenge */
export async function respond(
  client: Client,
  input: v.InferOutput<v.ObjectSchema<typeof challengeResponse, undefined>>,
  context: Context,
): Promise<object> {
  const { USERNAME, SECRET_HASH, ...responses } = input.ChallengeResponses;
  if (input.ChallengeName === "PASSWORD_VERIFIER") return verifySrp(client, input.ChallengeResponses, context);
  if (!USERNAME) throw missingParameter("USERNAME");
  if (!input.Session) throw missingParameter("Session");
  const user = findUser(client.pool, USERNAME);
  checkSecretHash(client, user ? [user.username, user.sub] : [USERNAME], SECRET_HASH);
  const session = findSession(client, input.Session, input.ChallengeName, context.now());
  const run = byChallenge[input.ChallengeName];
  if (!run || !user || session.sub !== user.sub) throw notAuthorized("Invalid session for the user.");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  return run({ context, client, user, session, responses, metadata: input.ClientMetadata });
}

export const respondToAuthChallenge = operation(v.object(challengeResponse), (input, context) =>
  respond(context.client(input.ClientId), input, context),
);

function required(responses: Parameters, key: string): string {
  const value = responses[key];
  if (!value) throw missingParameter(key);
  return value;
}

/** Attributes come among the responses as `userAttributes.<name>`. */
const userAttributes = (responses: Parameters) =>
  Object.entries(responses)
    .filter(([key]) => key.startsWith("userAttributes."))
    .map(([key, Value]) => ({ Name: key.slice("userAttributes.".length), Value }));

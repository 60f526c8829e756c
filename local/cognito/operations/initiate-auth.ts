import * as v from "valibot";
import { attributeList, missingAttributes } from "../attributes";
import { nextChallenge } from "../custom-auth";
import {
  CognitoException,
  invalidParameter,
  missingParameter,
  notAuthorized,
  userNotFound,
  wrongCredentials,
} from "../errors";
import type { Client } from "../local-user-pool";
import { findLogin, signIn } from "../logins";
import { migrateUser } from "../migrate-user";
import { type Context, operation } from "../operation";
import { verifyNoPassword, verifyPassword } from "../password";
import { clientId, strings } from "../schema";
import { checkSecretHash } from "../secret-hash";
import { openSession } from "../sessions";
import type { User } from "../store";
import { issueTokens } from "../tokens";
import { triggerAttributes } from "../triggers";
import { findUser } from "../users";

const flows =
  "USER_SRP_AUTH REFRESH_TOKEN_AUTH REFRESH_TOKEN CUSTOM_AUTH ADMIN_NO_SRP_AUTH USER_PASSWORD_AUTH ADMIN_USER_PASSWORD_AUTH USER_AUTH";
const request = v.object({
  AuthFlow: v.picklist(flows.split(" ")),
  ClientId: clientId,
  AuthParameters: strings,
  ClientMetadata: strings,
});
type Parameters = Readonly<Record<string, string>>;

export const initiateAuth = operation(request, ({ AuthFlow, ClientId, AuthParameters, ClientMetadata }, context) => {
  const client = context.client(ClientId);
  if (AuthFlow === "USER_PASSWORD_AUTH") {
    return signInByPassword(client, AuthParameters, ClientMetadata, context);
  }
  if (AuthFlow === "CUSTOM_AUTH") return signInByChallenges(client, AuthParameters, ClientMetadata, context);
  if (AuthFlow === "REFRESH_TOKEN_AUTH" || AuthFlow === "REFRESH_TOKEN")
    return refresh(client, AuthParameters, context);
  if (AuthFlow.startsWith("ADMIN_")) throw invalidParameter("Initiate Auth method not supported.");
  throw invalidParameter(`${AuthFlow} is not enabled for the client.`);
});

function requireFlow({ flows: allowed }: Client, flow: string): void {
  if (allowed.includes(`ALLOW_${flow}`) || allowed.includes(flow)) return;
  throw invalidParameter(`${flow} flow not enabled for this client`);
}

async function signInByPassword(
  client: Client,
  { USERNAME, PASSWORD, SECRET_HASH }: Parameters,
  metadata: Parameters,
  context: Context,
) {
  requireFlow(client, "USER_PASSWORD_AUTH");
  if (!USERNAME) throw missingParameter("USERNAME");
  if (!PASSWORD) throw missingParameter("PASSWORD");
  checkSecretHash(client, [USERNAME], SECRET_HASH);
  const user =
    findUser(client.pool, USERNAME) ??
    (await migrateUser(context, client, "Authentication", USERNAME, PASSWORD, metadata));
  await preAuthentication(context, client, user, USERNAME, metadata);
  if (!user) {
    if (client.protectsUserExistence) verifyNoPassword(PASSWORD);
    throw userNotFound();
  }
  const now = context.now();
  verifyPassword(user, PASSWORD, now);
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw new CognitoException("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED") {
    throw new CognitoException("PasswordResetRequiredException", "Password reset required for the user");
  }
  if (now >= (user.password?.expiresAt ?? Number.POSITIVE_INFINITY)) {
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  }
  return user.status === "FORCE_CHANGE_PASSWORD"
    ? newPasswordChallenge(client, user, now)
    : signIn(context, client, user);
}

/** Runs before the password is checked. */
async function preAuthentication(
  context: Context,
  client: Client,
  user: User | undefined,
  username: string,
  validationData: Parameters,
) {
  if (!user && !client.protectsUserExistence) return;
  await context.trigger(client.pool, "pre_authentication", {
    source: "Authentication",
    userName: user?.username ?? username,
    clientId: client.id,
    request: { userAttributes: user ? triggerAttributes(user) : {}, validationData, userNotFound: !user },
  });
}

async function signInByChallenges(
  client: Client,
  { USERNAME, SECRET_HASH }: Parameters,
  metadata: Parameters,
  context: Context,
) {
  requireFlow(client, "CUSTOM_AUTH");
  if (!USERNAME) throw missingParameter("USERNAME");
  checkSecretHash(client, [USERNAME], SECRET_HASH);
  const user = findUser(client.pool, USERNAME);
  await preAuthentication(context, client, user, USERNAME, metadata);
  if (!user) throw client.protectsUserExistence ? wrongCredentials() : userNotFound();
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") throw new CognitoException("UserNotConfirmedException", "User is not confirmed.");
  return nextChallenge(context, client, user, [], metadata);
}

function newPasswordChallenge(client: Client, user: User, now: number) {
  const known = attributeList(user).filter(({ Name }) => Name !== "sub");
  const required = missingAttributes(client.pool, user.attributes).map((name) => `userAttributes.${name}`);
  return {
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: openSession(client, user, "NEW_PASSWORD_REQUIRED", now),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(required),
      userAttributes: JSON.stringify(Object.fromEntries(known.map(({ Name, Value }) => [Name, Value]))),
    },
  };
}

/** Returns no refresh token: the old one keeps working. */
async function refresh(client: Client, { REFRESH_TOKEN, SECRET_HASH }: Parameters, context: Context) {
  requireFlow(client, "REFRESH_TOKEN_AUTH");
  if (client.rotationGraceSeconds !== undefined) {
    throw invalidParameter("REFRESH_TOKEN_AUTH is not supported for a client with refresh token rotation enabled.");
  }
  if (!REFRESH_TOKEN) throw missingParameter("REFRESH_TOKEN");
  if (client.secret !== undefined && !SECRET_HASH) checkSecretHash(client, [], SECRET_HASH);
  const now = context.now();
  const { login, refreshToken, user } = findLogin(client, REFRESH_TOKEN, now);
  checkSecretHash(client, [user.username, user.sub], SECRET_HASH, "SecretHash does not match for the client:");
  const AuthenticationResult = await issueTokens(context, client, user, {
    originJti: refreshToken.originJti,
    login,
    source: "RefreshTokens",
  });
  return { AuthenticationResult, ChallengeParameters: {} };
}

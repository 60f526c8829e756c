/** CUSTOM_AUTH: three triggers define, create and verify challenges. */
import { notAuthorized } from "./errors";
import type { Client } from "./local-user-pool";
import { signIn } from "./logins";
import type { Context } from "./operation";
import { openSession } from "./sessions";
import type { ChallengeResult, Session, User } from "./store";
import { triggerAttributes } from "./triggers";

/** @param results the challenges so far, the last one at the end */
export async function nextChallenge(
  context: Context,
  client: Client,
  user: User,
  results: readonly ChallengeResult[],
  clientMetadata: Readonly<Record<string, string>>,
) {
  const { pool } = client;
  const shared = { source: "Authentication", userName: user.username, clientId: client.id };
  const request = { userAttributes: triggerAttributes(user), session: results, clientMetadata };
  const defined = await context.trigger(pool, "define_auth_challenge", {
    ...shared,
    request,
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  });
  if (!defined || defined.failAuthentication) throw notAuthorized("Incorrect username or password.");
  if (defined.issueTokens) return signIn(context, client, user);
  const challengeName = defined.challengeName ?? "";
  if (challengeName !== "CUSTOM_CHALLENGE") {
    throw notAuthorized(`Challenge ${challengeName} of DefineAuthChallenge is not emulated by the local Cognito`);
  }
  const created = await context.trigger(pool, "create_auth_challenge", {
    ...shared,
    request: { ...request, challengeName },
    response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  });
  const custom = {
    results: [...results],
    privateParameters: created?.privateChallengeParameters ?? {},
    metadata: created?.challengeMetadata ?? undefined,
  };
  return {
    ChallengeName: "CUSTOM_CHALLENGE",
    Session: openSession(client, user, "CUSTOM_CHALLENGE", context.now(), { custom }),
    ChallengeParameters: { USERNAME: user.username, ...created?.publicChallengeParameters },
  };
}

/** Verifies a response to a custom challenge, then defines the next step. */
export async function respondToChallenge(
  context: Context,
  client: Client,
  user: User,
  session: Session,
  challengeAnswer: string,
  clientMetadata: Readonly<Record<string, string>>,
) {
  const { results = [], privateParameters = {}, metadata } = session.custom ?? {};
  session.used = true;
  const verified = await context.trigger(client.pool, "verify_auth_challenge_response", {
    source: "Authentication",
    userName: user.username,
    clientId: client.id,
    request: {
      userAttributes: triggerAttributes(user),
      privateChallengeParameters: privateParameters,
      challengeAnswer,
      clientMetadata,
    },
    response: { answerCorrect: null },
  });
  const result: ChallengeResult = {
    challengeName: "CUSTOM_CHALLENGE",
    challengeResult: verified?.answerCorrect ?? false,
    ...(metadata !== undefined && { challengeMetadata: metadata }),
  };
  return nextChallenge(context, client, user, [...results, result], clientMetadata);
}

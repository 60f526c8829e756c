import { decodeJwt } from "jose";
import { clientId, failure, hash, type Running } from "./harness";

import { type Handler, respond, withTriggers } from "./trigger-harness";

describe("pre token generation", () => {
  test("version 1 changes the claims of the id token and the groups of both", async () => {
    const { user, tokens, refresh, events } = await withTriggers({
      pre_token_generation: respond({
        claimsOverrideDetails: {
          claimsToAddOrOverride: { plan: "gold", email: "other@example.com", sub: "forged" },
          claimsToSuppress: ["email_verified", "exp"],
          groupOverrideDetails: { groupsToOverride: ["vip"] },
        },
      }),
    });
    const sub = await user("ada");
    const { IdToken, AccessToken, RefreshToken } = await tokens("ada");
    expect(decodeJwt(IdToken)).toMatchObject({
      plan: "gold",
      email: "other@example.com",
      sub,
      "cognito:groups": ["vip"],
      exp: expect.any(Number),
    });
    expect(decodeJwt(IdToken)).not.toHaveProperty("email_verified");
    expect(decodeJwt(AccessToken)).toMatchObject({ "cognito:groups": ["vip"] });
    expect(decodeJwt(AccessToken)).not.toHaveProperty("plan");
    await refresh(RefreshToken, "ada");
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
      "TokenGeneration_Authentication",
      "TokenGeneration_RefreshTokens",
    ]);
  });

  test("version 2 changes claims and scopes of each token", async () => {
    const { user, tokens, events } = await withTriggers(
      {
        pre_token_generation: respond({
          claimsAndScopeOverrideDetails: {
            idTokenGeneration: { claimsToAddOrOverride: { plan: { name: "gold" } } },
            accessTokenGeneration: {
              claimsToAddOrOverride: { tenant: 7 },
              scopesToAdd: ["notes/read"],
              scopesToSuppress: ["aws.cognito.signin.user.admin"],
            },
          },
        }),
      },
      { pre_token_generation_config: [{ lambda_arn: "pre_token_generation", lambda_version: "V2_0" }] },
    );
    await user("ada");
    const { IdToken, AccessToken } = await tokens("ada");
    expect(decodeJwt(IdToken)).toMatchObject({ plan: { name: "gold" } });
    expect(decodeJwt(AccessToken)).toMatchObject({ tenant: 7, scope: "notes/read" });
    expect(events[0]).toMatchObject({ version: "2", request: { scopes: ["aws.cognito.signin.user.admin"] } });
  });
});

describe("user migration", () => {
  const migrate = respond({
    userAttributes: { email: "old@example.com", email_verified: "true" },
    finalUserStatus: "CONFIRMED",
  });

  test("creates the user of the first sign-in", async () => {
    const { login, events } = await withTriggers({ user_migration: migrate });
    expect((await login("old")).status).toBe(200);
    expect((await login("old@example.com")).status).toBe(200);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      triggerSource: "UserMigration_Authentication",
      request: { password: expect.any(String) },
    });
  });

  test("a failure looks like a wrong password", async () => {
    const { login } = await withTriggers({
      user_migration: () => {
        throw new Error("no such user");
      },
    });
    expect(await login("old")).toEqual(failure("NotAuthorizedException", "Incorrect username or password."));
  });
});

describe("CUSTOM_AUTH", () => {
  const handlers: Record<string, Handler> = {
    define_auth_challenge: (event) => {
      const session = event.request.session as { challengeResult: boolean }[];
      const passed = session.at(-1)?.challengeResult === true;
      const response = {
        challengeName: "CUSTOM_CHALLENGE",
        issueTokens: passed,
        failAuthentication: !passed && session.length >= 2,
      };
      return { ...event, response };
    },
    create_auth_challenge: respond({
      publicChallengeParameters: { question: "6 x 7" },
      privateChallengeParameters: { answer: "42" },
      challengeMetadata: "MATHS",
    }),
    verify_auth_challenge_response: (event) => {
      const { privateChallengeParameters, challengeAnswer } = event.request as Record<string, { answer: string }>;
      return { ...event, response: { answerCorrect: privateChallengeParameters?.answer === String(challengeAnswer) } };
    },
  };
  const flows = { explicit_auth_flows: ["ALLOW_CUSTOM_AUTH"] };
  const start = (running: Running) =>
    running.call("InitiateAuth", {
      AuthFlow: "CUSTOM_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: "ada", SECRET_HASH: hash("ada") },
    });
  const sendResponse = (running: Running, Session: string | undefined, ANSWER: string) =>
    running.call("RespondToAuthChallenge", {
      ClientId: clientId,
      ChallengeName: "CUSTOM_CHALLENGE",
      Session,
      ChallengeResponses: { USERNAME: "ada", ANSWER, SECRET_HASH: hash("ada") },
    });

  test("signs in with the right response, after a wrong one too", async () => {
    const running = await withTriggers(handlers, {}, flows);
    await running.user("ada");
    const first = await start(running);
    expect(first.body).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { USERNAME: "ada", question: "6 x 7" },
    });
    const second = await sendResponse(running, first.body.Session, "41");
    expect(second.body).toMatchObject({ ChallengeName: "CUSTOM_CHALLENGE" });
    const third = await sendResponse(running, second.body.Session, "42");
    expect(third.body.AuthenticationResult?.IdToken).toEqual(expect.any(String));
    expect(running.events.at(-1)?.request.session).toEqual([
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "MATHS" },
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "MATHS" },
    ]);
  });

  test("fails when the trigger says so, and a session works once", async () => {
    const running = await withTriggers(handlers, {}, flows);
    await running.user("ada");
    const first = await start(running);
    const second = await sendResponse(running, first.body.Session, "1");
    expect((await sendResponse(running, first.body.Session, "42")).status).toBe(400);
    expect(await sendResponse(running, second.body.Session, "2")).toEqual(
      failure("NotAuthorizedException", "Incorrect username or password."),
    );
  });
});

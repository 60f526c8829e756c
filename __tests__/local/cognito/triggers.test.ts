import { decodeJwt } from "jose";
import type { InvokeTrigger } from "../../../local/cognito/triggers";
import { clientId, failure, hash, poolId, type Running, startCognito } from "./harness";

interface Event {
  readonly triggerSource: string;
  readonly userName?: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}
type Handler = (event: Event) => unknown;

let cognito: Running | undefined;
afterEach(() => cognito?.close());

/** A pool whose triggers run these handlers, and the events that they received. */
async function withTriggers(
  handlers: Record<string, Handler>,
  config: object = {},
  client: Readonly<Record<string, unknown>> = {},
) {
  const events: Event[] = [];
  const invoke: InvokeTrigger = async (functionArn, text) => {
    const event = JSON.parse(text) as Event;
    events.push(event);
    try {
      const response = await handlers[functionArn]?.(event);
      return { payload: JSON.stringify(response === undefined ? event : response) };
    } catch (error) {
      return { error: { errorType: "Error", errorMessage: (error as Error).message } };
    }
  };
  const lambda_config = [{ ...Object.fromEntries(Object.keys(handlers).map((name) => [name, name])), ...config }];
  const running = await startCognito({ pool: { lambda_config }, client, invoke });
  cognito = running;
  return Object.assign(running, { events });
}
const respond = (response: object) => (event: Event) => ({ ...event, response });
const lambdaFailure = (message: string) => failure("UserLambdaValidationException", message);

describe("pre sign-up", () => {
  test("gets the attributes, validation data and client metadata", async () => {
    const { events, signUp } = await withTriggers({ pre_sign_up: () => undefined });
    await signUp("ada", { ValidationData: [{ Name: "code", Value: "7" }], ClientMetadata: { from: "page" } });
    expect(events).toEqual([
      {
        version: "1",
        triggerSource: "PreSignUp_SignUp",
        region: "us-east-1",
        userPoolId: poolId,
        userName: "ada",
        callerContext: { awsSdkVersion: expect.any(String), clientId },
        request: {
          userAttributes: { email: "ada@example.com" },
          validationData: { code: "7" },
          clientMetadata: { from: "page" },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
  });

  test("confirms and verifies a user, who then signs in without a code", async () => {
    const { signUp, login, sent, events } = await withTriggers({
      pre_sign_up: respond({ autoConfirmUser: true, autoVerifyEmail: true }),
      post_confirmation: () => undefined,
    });
    expect((await signUp("ada")).body).toMatchObject({ UserConfirmed: true });
    expect((await login("ada@example.com")).status).toBe(200);
    expect(sent).toEqual([]);
    expect(events[1]).toMatchObject({
      triggerSource: "PostConfirmation_ConfirmSignUp",
      request: { userAttributes: { email_verified: "true", "cognito:user_status": "CONFIRMED" } },
    });
  });

  test("rejects a sign-up with its message and creates no user", async () => {
    const { signUp, admin } = await withTriggers({
      pre_sign_up: () => {
        throw new Error("Sign-up is closed");
      },
    });
    expect(await signUp("ada")).toEqual(lambdaFailure("PreSignUp failed with error Sign-up is closed."));
    expect((await admin("AdminGetUser", { Username: "ada" })).body.__type).toBe("UserNotFoundException");
  });

  test("runs for AdminCreateUser", async () => {
    const { admin, events } = await withTriggers({ pre_sign_up: () => undefined });
    await admin("AdminCreateUser", { Username: "bob", MessageAction: "SUPPRESS" });
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual(["PreSignUp_AdminCreateUser"]);
  });
});

test.each([
  ["null", null],
  ["a response that is not an object", { response: "yes" }],
  ["a response member of the wrong type", { response: { autoConfirmUser: "yes" } }],
])("rejects a trigger that returns %s", async (_, returned) => {
  const { signUp } = await withTriggers({ pre_sign_up: () => returned });
  expect(await signUp("ada")).toEqual(failure("InvalidLambdaResponseException", "Unrecognizable lambda output"));
});

test("runs a trigger that is too slow three times, then fails", async () => {
  const { signUp, events } = await withTriggers({ pre_sign_up: () => new Promise(() => {}) });
  expect(await signUp("ada")).toEqual(
    failure("UnexpectedLambdaException", "PreSignUp failed with error Socket timeout while invoking Lambda function."),
  );
  expect(events).toHaveLength(3);
});

test("fails where the pool has no permission to invoke the function", async () => {
  cognito = await startCognito({ pool: { lambda_config: [{ pre_sign_up: "one" }] }, invoke: () => undefined });
  expect(await cognito.signUp("ada")).toEqual(
    failure("UnexpectedLambdaException", "PreSignUp invocation failed due to error AccessDeniedException."),
  );
});

test("post confirmation runs after each confirmation, whose effect stays when it fails", async () => {
  const { signUp, as, lastCode, login, events } = await withTriggers({
    post_confirmation: () => {
      throw new Error("no table");
    },
  });
  await signUp("ada");
  expect(await as("ada", "ConfirmSignUp", { ConfirmationCode: lastCode() })).toEqual(
    lambdaFailure("PostConfirmation failed with error no table."),
  );
  expect((await login("ada")).status).toBe(200);
  await as("ada", "ForgotPassword");
  await as("ada", "ConfirmForgotPassword", { ConfirmationCode: lastCode(), Password: "Another-horse-9-battery" });
  expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
    "PostConfirmation_ConfirmSignUp",
    "PostConfirmation_ConfirmForgotPassword",
  ]);
});

test("pre authentication rejects before the password is checked, post authentication before tokens are issued", async () => {
  let closed = "";
  const close = (name: string) => () => {
    if (closed === name) throw new Error(`closed by ${name}`);
  };
  const { user, login, events } = await withTriggers({
    pre_authentication: close("pre"),
    post_authentication: close("post"),
  });
  await user("ada");
  expect((await login("ada")).status).toBe(200);
  expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
    "PreAuthentication_Authentication",
    "PostAuthentication_Authentication",
  ]);
  closed = "pre";
  expect(await login("ada", "Wrong-password-1")).toEqual(
    lambdaFailure("PreAuthentication failed with error closed by pre."),
  );
  closed = "post";
  expect(await login("ada")).toEqual(lambdaFailure("PostAuthentication failed with error closed by post."));
});

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

test("custom message writes the mail, with the code and the user name in their places", async () => {
  const { signUp, admin, sent } = await withTriggers({
    custom_message: ({ triggerSource, ...event }) => ({
      ...event,
      response: { emailSubject: triggerSource, emailMessage: "{username} {####}" },
    }),
  });
  await signUp("ada");
  await admin("AdminCreateUser", { Username: "bob", UserAttributes: [{ Name: "email", Value: "bob@example.com" }] });
  expect(sent).toMatchObject([
    { subject: "CustomMessage_SignUp", text: `ada ${sent[0]?.code}` },
    { subject: "CustomMessage_AdminCreateUser", text: `bob ${sent[1]?.code}` },
  ]);
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
  const answer = (running: Running, Session: string | undefined, ANSWER: string) =>
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
    const second = await answer(running, first.body.Session, "41");
    expect(second.body).toMatchObject({ ChallengeName: "CUSTOM_CHALLENGE" });
    const third = await answer(running, second.body.Session, "42");
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
    const second = await answer(running, first.body.Session, "1");
    expect((await answer(running, first.body.Session, "42")).status).toBe(400);
    expect(await answer(running, second.body.Session, "2")).toEqual(
      failure("NotAuthorizedException", "Incorrect username or password."),
    );
  });
});

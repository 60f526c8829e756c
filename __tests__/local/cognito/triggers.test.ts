import { clientId, failure, poolId, startCognito } from "./harness";

import { lambdaFailure, respond, withTriggers } from "./trigger-harness";

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
  const { signUp, close } = await startCognito({
    pool: { lambda_config: [{ pre_sign_up: "one" }] },
    invoke: () => undefined,
  });
  expect(await signUp("ada")).toEqual(
    failure("UnexpectedLambdaException", "PreSignUp invocation failed due to error AccessDeniedException."),
  );
  await close();
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

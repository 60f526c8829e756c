/** Unfinished logins and the responses to their challenges. */
import { challengeKeys } from "../../functions/shared/schemas";
import { authenticated, fakeCognito, rejects, responds } from "./support/fake-cognito";
import { bodies, failed, hashOf, invoke, succeeded, useEnvironment } from "./support/handlers";

useEnvironment();

const challenge = {
  ChallengeName: "NEW_PASSWORD_REQUIRED",
  Session: "next-session",
  ChallengeParameters: { USER_ID_FOR_SRP: "ada.lovelace", requiredAttributes: "[]" },
};
const body = bodies["respond-to-challenge"];

test.each(["login", "respond-to-challenge"] as const)(
  "%s returns a challenge with the pool's own user name and no token",
  async (name) => {
    fakeCognito({ InitiateAuth: responds(challenge), RespondToAuthChallenge: responds(challenge) });
    expect(await invoke(name, bodies[name])).toMatchObject({
      status: 200,
      body: succeeded({
        challenge_name: "NEW_PASSWORD_REQUIRED",
        session: "next-session",
        challenge_parameters: challenge.ChallengeParameters,
        username: "ada.lovelace",
      }),
    });
  },
);

test("a challenge without parameters keeps the caller's user name", async () => {
  fakeCognito({ InitiateAuth: responds({ ChallengeName: "SMS_MFA" }) });
  expect((await invoke("login", bodies.login)).body).toEqual(
    succeeded({ challenge_name: "SMS_MFA", session: null, challenge_parameters: {}, username: "ada" }),
  );
});

test("a challenge is no success, even with tokens beside it", async () => {
  fakeCognito({ InitiateAuth: authenticated({}, challenge) });
  expect(JSON.stringify((await invoke("login", bodies.login)).body)).not.toContain("token");
});

const direct = Object.entries(challengeKeys).filter(([name]) => name !== "MFA_SETUP");

test.each(direct)("responds to %s with %j, the user name and its hash", async (name, keys) => {
  const responses = Object.fromEntries(keys.map((key) => [key, "answer"]));
  const requests = fakeCognito({ RespondToAuthChallenge: authenticated() });
  expect((await invoke("respond-to-challenge", { ...body, challenge_name: name, responses })).status).toBe(200);
  expect(requests[1]?.input).toMatchObject({
    ChallengeName: name,
    ChallengeResponses: { ...responses, USERNAME: "ada", SECRET_HASH: hashOf("ada") },
  });
});

test.each(Object.entries(challengeKeys))("names a missing response to %s", async (name, [key]) => {
  const requests = fakeCognito();
  expect(await invoke("respond-to-challenge", { ...body, challenge_name: name, responses: {} })).toMatchObject({
    status: 400,
    body: failed(`Please provide ${key} to answer the challenge`),
  });
  expect(requests).toEqual([]);
});

describe("MFA_SETUP", () => {
  const setup = { ...challenge, ChallengeName: "MFA_SETUP" };
  const associated = responds({ SecretCode: "JBSWY3DPEHPK3PXP", Session: "session-of-the-app" });

  test.each(["login", "respond-to-challenge"] as const)("%s adds a secret for an authenticator app", async (name) => {
    process.env.MFA_ISSUER = "my api";
    const requests = fakeCognito({
      InitiateAuth: responds(setup),
      RespondToAuthChallenge: responds(setup),
      AssociateSoftwareToken: associated,
    });
    expect(await invoke(name, bodies[name])).toMatchObject({
      status: 200,
      body: succeeded({
        challenge_name: "MFA_SETUP",
        session: "session-of-the-app",
        challenge_parameters: {
          ...challenge.ChallengeParameters,
          secret_code: "JBSWY3DPEHPK3PXP",
          otpauth_url: "otpauth://totp/my%20api:ada.lovelace?secret=JBSWY3DPEHPK3PXP&issuer=my%20api",
        },
        username: "ada.lovelace",
      }),
    });
    expect(requests.at(-1)?.input).toEqual({ Session: "next-session" });
  });

  test("verifies the app's code, then responds with the new session and without the code", async () => {
    const requests = fakeCognito({
      VerifySoftwareToken: responds({ Status: "SUCCESS", Session: "verified-session" }),
      RespondToAuthChallenge: authenticated(),
    });
    const responses = { SOFTWARE_TOKEN_MFA_CODE: "123456" };
    expect((await invoke("respond-to-challenge", { ...body, challenge_name: "MFA_SETUP", responses })).status).toBe(
      200,
    );
    expect(requests.map(({ input }) => input)).toEqual([
      { Session: body.session, UserCode: "123456" },
      expect.anything(),
      {
        ClientId: expect.any(String),
        ChallengeName: "MFA_SETUP",
        Session: "verified-session",
        ChallengeResponses: { USERNAME: "ada", SECRET_HASH: hashOf("ada") },
      },
    ]);
  });

  test.each([
    ["EnableSoftwareTokenMFAException", 400, "Invalid code"],
    ["NotAuthorizedException", 401, expect.stringContaining("please log in again")],
  ])("responds to %s with %i", async (type, status, message) => {
    fakeCognito({ VerifySoftwareToken: rejects(type) });
    const responses = { SOFTWARE_TOKEN_MFA_CODE: "123456" };
    expect(await invoke("respond-to-challenge", { ...body, challenge_name: "MFA_SETUP", responses })).toMatchObject({
      status,
      body: { message },
    });
  });

  test("says so if the pool requires another kind of factor", async () => {
    fakeCognito({
      InitiateAuth: responds(setup),
      AssociateSoftwareToken: rejects("SoftwareTokenMFANotFoundException"),
    });
    expect(await invoke("login", bodies.login)).toMatchObject({
      status: 403,
      body: failed("The user pool requires a second factor of a kind that this API cannot set up"),
    });
  });
});

test.each(["CUSTOM_CHALLENGE", "DEVICE_SRP_AUTH", "toString"])("login ends at %s with a sentence", async (name) => {
  fakeCognito({ InitiateAuth: responds({ ...challenge, ChallengeName: name }) });
  expect(await invoke("login", bodies.login)).toMatchObject({
    status: 403,
    body: failed(`This account must sign in by ${name}, which this API does not support`),
  });
});

test("a new password may come with required attributes", async () => {
  const responses = {
    NEW_PASSWORD: "Correct-Horse-2",
    "userAttributes.given_name": "Ada",
    "userAttributes.custom:team": "a",
  };
  const requests = fakeCognito({ RespondToAuthChallenge: authenticated() });
  await invoke("respond-to-challenge", { ...body, responses });
  expect(requests[1]?.input).toMatchObject({ ChallengeResponses: { ...responses, USERNAME: "ada" } });
});

test.each([
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", USERNAME: "grace" }],
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", SECRET_HASH: "x" }],
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", "userAttributes.": "x" }],
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", "userAttributes.a b": "x" }],
  ["SMS_MFA", { SMS_MFA_CODE: "x", "userAttributes.email": "x" }],
  ["SMS_MFA", { SMS_MFA_CODE: "x", SOFTWARE_TOKEN_MFA_CODE: "x" }],
])("rejects responses to %s that the caller may not set: %j", async (name, responses) => {
  const requests = fakeCognito();
  const { status, body: envelope } = await invoke("respond-to-challenge", { ...body, challenge_name: name, responses });
  expect(status).toBe(400);
  expect(envelope).toMatchObject({ message: expect.stringMatching(`^responses to ${name} must hold only `) });
  expect(requests).toEqual([]);
});

const verifiedFlag = "userAttributes.email_verified must not be sent: only Cognito sets it, with a code";

test.each([
  [{ NEW_PASSWORD: "a".repeat(257) }, "NEW_PASSWORD must be at most 256 characters long"],
  [{ NEW_PASSWORD: " Correct-Horse-2" }, "NEW_PASSWORD must not begin or end with a blank"],
  [{ NEW_PASSWORD: "Correct-Horse-2", "userAttributes.email_verified": "true" }, verifiedFlag],
])("rejects a new password that could never log in, and a flag that only Cognito sets: %j", async (responses, text) => {
  const requests = fakeCognito();
  expect(await invoke("respond-to-challenge", { ...body, responses })).toMatchObject({
    status: 400,
    body: failed(text),
  });
  expect(requests).toEqual([]);
});

test("an alias and an unknown name take the same requests to Cognito", async () => {
  const operations = [];
  for (const message of ["Unable to verify secret hash for client c", "Invalid session for the user."]) {
    const requests = fakeCognito({ RespondToAuthChallenge: rejects("NotAuthorizedException", message) });
    expect((await invoke("respond-to-challenge", body)).status).toBe(401);
    operations.push(requests.map(({ operation }) => operation));
  }
  expect(operations[0]).toEqual(operations[1]);
});

test.each([
  [
    { challenge_name: "CUSTOM_CHALLENGE" },
    "challenge_name must be one of NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP, SELECT_MFA_TYPE, MFA_SETUP",
  ],
  [
    { challenge_name: "toString" },
    "challenge_name must be one of NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP, SELECT_MFA_TYPE, MFA_SETUP",
  ],
  [{ responses: { NEW_PASSWORD: 1 } }, "every value in responses must be a string"],
  [{ responses: { NEW_PASSWORD: "" } }, "every value in responses must not be empty"],
])("names the field that is wrong: %j", async (wrong, message) => {
  fakeCognito();
  expect((await invoke("respond-to-challenge", { ...body, ...wrong })).body).toEqual(failed(message));
});

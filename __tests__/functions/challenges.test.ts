/** Logins that are not finished, and the answers to their challenges. */
import { challengeKeys } from "../../functions/shared/schemas";
import { answers, authenticated, fakeCognito } from "./support/fake-cognito";
import { ask, bodies, hashOf, refused, succeeded, useEnvironment } from "./support/handlers";

useEnvironment();

const challenge = {
  ChallengeName: "NEW_PASSWORD_REQUIRED",
  Session: "next-session",
  ChallengeParameters: { USER_ID_FOR_SRP: "ada.lovelace", requiredAttributes: "[]" },
};
const body = bodies["respond-to-challenge"];

test.each(["login", "respond-to-challenge"] as const)(
  "%s answers a challenge with the pool's own user name and no token",
  async (name) => {
    fakeCognito({ InitiateAuth: answers(challenge), RespondToAuthChallenge: answers(challenge) });
    expect(await ask(name, bodies[name])).toMatchObject({
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

test("a challenge without parameters keeps the name that was typed", async () => {
  fakeCognito({ InitiateAuth: answers({ ChallengeName: "SMS_MFA" }) });
  expect((await ask("login", bodies.login)).body).toEqual(
    succeeded({ challenge_name: "SMS_MFA", session: null, challenge_parameters: {}, username: "ada" }),
  );
});

test("a challenge is never taken for a success, even beside tokens", async () => {
  fakeCognito({ InitiateAuth: authenticated({}, challenge) });
  expect(JSON.stringify((await ask("login", bodies.login)).body)).not.toContain("token");
});

test.each(Object.entries(challengeKeys))("answers %s with %j, the user name and its hash", async (name, keys) => {
  const responses = Object.fromEntries(keys.map((key) => [key, "answer"]));
  const calls = fakeCognito({ RespondToAuthChallenge: authenticated() });
  expect((await ask("respond-to-challenge", { ...body, challenge_name: name, responses })).status).toBe(200);
  expect(calls[1]?.input).toMatchObject({
    ChallengeName: name,
    ChallengeResponses: { ...responses, USERNAME: "ada", SECRET_HASH: hashOf("ada") },
  });
});

test.each(Object.entries(challengeKeys))("asks for a missing response to %s", async (name, [key]) => {
  const calls = fakeCognito();
  expect(await ask("respond-to-challenge", { ...body, challenge_name: name, responses: {} })).toMatchObject({
    status: 400,
    body: refused(`Please provide ${key} to answer the challenge`),
  });
  expect(calls).toEqual([]);
});

test("a new password may bring the attributes that the user still owes", async () => {
  const responses = {
    NEW_PASSWORD: "Correct-Horse-2",
    "userAttributes.given_name": "Ada",
    "userAttributes.custom:team": "a",
  };
  const calls = fakeCognito({ RespondToAuthChallenge: authenticated() });
  await ask("respond-to-challenge", { ...body, responses });
  expect(calls[1]?.input).toMatchObject({ ChallengeResponses: { ...responses, USERNAME: "ada" } });
});

test.each([
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", USERNAME: "grace" }],
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", SECRET_HASH: "x" }],
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", "userAttributes.": "x" }],
  ["NEW_PASSWORD_REQUIRED", { NEW_PASSWORD: "x", "userAttributes.a b": "x" }],
  ["SMS_MFA", { SMS_MFA_CODE: "x", "userAttributes.email": "x" }],
  ["SMS_MFA", { SMS_MFA_CODE: "x", SOFTWARE_TOKEN_MFA_CODE: "x" }],
])("refuses responses to %s that are not the caller's to give: %j", async (name, responses) => {
  const calls = fakeCognito();
  const { status, body: answer } = await ask("respond-to-challenge", { ...body, challenge_name: name, responses });
  expect(status).toBe(400);
  expect(answer).toMatchObject({ message: expect.stringMatching(`^responses to ${name} must hold only `) });
  expect(calls).toEqual([]);
});

test.each([
  [
    { challenge_name: "CUSTOM_CHALLENGE" },
    "challenge_name must be one of NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP, SELECT_MFA_TYPE",
  ],
  [
    { challenge_name: "toString" },
    "challenge_name must be one of NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP, SELECT_MFA_TYPE",
  ],
  [{ responses: { NEW_PASSWORD: 1 } }, "every value in responses must be a string"],
  [{ responses: { NEW_PASSWORD: "" } }, "every value in responses must not be empty"],
])("names the field that is wrong: %j", async (wrong, message) => {
  fakeCognito();
  expect((await ask("respond-to-challenge", { ...body, ...wrong })).body).toEqual(refused(message));
});

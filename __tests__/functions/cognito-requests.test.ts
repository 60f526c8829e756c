/** What each handler sends to Cognito: exactly this, whatever else a body tries to choose. */
import { answers, authenticated, fakeCognito, idToken, secret } from "./support/fake-cognito";
import {
  ask,
  bodies,
  environment,
  type HandlerName,
  hashOf,
  refused,
  succeeded,
  useEnvironment,
} from "./support/handlers";

useEnvironment();

const ClientId = environment.CLIENT_ID;
const SecretHash = hashOf("ada");
const tokens = { id_token: idToken(), access_token: "access-token", expires_in: 3600, token_type: "Bearer" };
const session = { ...tokens, refresh_token: "refresh-token", username: "ada" };
const signedUp = { UserConfirmed: false, UserSub: "sub-1", CodeDeliveryDetails: { Destination: "a***@e***" } };

const cases: readonly [HandlerName, string, ReturnType<typeof answers>, object, unknown][] = [
  [
    "sign-up",
    "SignUp",
    answers(signedUp),
    {
      ClientId,
      SecretHash,
      Username: "ada",
      Password: "Correct-Horse-1",
      UserAttributes: [{ Name: "email", Value: "ada@example.com" }],
    },
    { username: "ada", user_sub: "sub-1", user_confirmed: false, code_sent_to: "a***@e***" },
  ],
  [
    "confirm-sign-up",
    "ConfirmSignUp",
    answers({}),
    { ClientId, SecretHash, Username: "ada", ConfirmationCode: "123456" },
    {},
  ],
  [
    "resend-code",
    "ResendConfirmationCode",
    answers({ CodeDeliveryDetails: {} }),
    { ClientId, SecretHash, Username: "ada" },
    {},
  ],
  [
    "login",
    "InitiateAuth",
    authenticated(),
    {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId,
      AuthParameters: { USERNAME: "ada", PASSWORD: "Correct-Horse-1", SECRET_HASH: SecretHash },
    },
    session,
  ],
  [
    "respond-to-challenge",
    "RespondToAuthChallenge",
    authenticated(),
    {
      ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: "session-of-an-unfinished-login",
      ChallengeResponses: { NEW_PASSWORD: "Correct-Horse-2", USERNAME: "ada", SECRET_HASH: SecretHash },
    },
    session,
  ],
  [
    "renew-refresh-token",
    "InitiateAuth",
    authenticated({ RefreshToken: undefined }),
    {
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId,
      AuthParameters: { REFRESH_TOKEN: "refresh-token", SECRET_HASH: SecretHash },
    },
    tokens,
  ],
  [
    "forgot-password",
    "ForgotPassword",
    answers({ CodeDeliveryDetails: {} }),
    { ClientId, SecretHash, Username: "ada" },
    {},
  ],
  [
    "confirm-forgot-password",
    "ConfirmForgotPassword",
    answers({}),
    { ClientId, SecretHash, Username: "ada", ConfirmationCode: "123456", Password: "Correct-Horse-3" },
    {},
  ],
  ["logout", "RevokeToken", answers(""), { ClientId, ClientSecret: secret, Token: "refresh-token" }, {}],
];

test.each(cases)(
  "%s reads the secret, then calls %s and nothing else",
  async (name, operation, answer, input, data) => {
    const calls = fakeCognito({ [operation]: answer });
    expect(await ask(name, bodies[name])).toMatchObject({ status: 200, body: succeeded(data) });
    expect(calls.map((call) => [call.operation, call.input])).toEqual([
      ["DescribeUserPoolClient", { UserPoolId: environment.USER_POOL_ID, ClientId }],
      [operation, input],
    ]);
  },
);

test.each(cases)("%s signs only the reading of the secret", async (name, operation, answer) => {
  const calls = fakeCognito({ [operation]: answer });
  await ask(name, bodies[name]);
  expect(calls.map(({ headers }) => headers.get("authorization") !== null)).toEqual([true, false]);
  expect(calls.map(({ headers }) => headers.get("x-amz-security-token"))).toEqual(["role-session-token", null]);
});

const choices = {
  AuthFlow: "ADMIN_NO_SRP_AUTH",
  ClientId: "another",
  ClientMetadata: {},
  UserAttributes: [],
  client_id: "another",
};

test.each(cases)("%s refuses a body that chooses flow, client or attributes, without asking Cognito", async (name) => {
  const calls = fakeCognito();
  for (const [key, value] of Object.entries(choices)) {
    const { status, body } = await ask(name, { ...bodies[name], [key]: value });
    expect([status, body]).toEqual([
      400,
      refused(`The body must hold only ${Object.keys(bodies[name] ?? {}).join(", ")}`),
    ]);
  }
  expect(calls).toEqual([]);
});

test("renew-refresh-token with rotation calls GetTokensFromRefreshToken and answers the next refresh token", async () => {
  process.env.REFRESH_TOKEN_ROTATION = "true";
  const calls = fakeCognito({ GetTokensFromRefreshToken: authenticated({ RefreshToken: "next" }) });
  const { body } = await ask("renew-refresh-token", bodies["renew-refresh-token"]);
  expect(body).toEqual(succeeded({ ...tokens, refresh_token: "next" }));
  expect(calls[1]).toMatchObject({
    operation: "GetTokensFromRefreshToken",
    input: { ClientId, ClientSecret: secret, RefreshToken: "refresh-token" },
  });
});

test("renew-refresh-token with rotation answers no refresh token if Cognito gave none", async () => {
  process.env.REFRESH_TOKEN_ROTATION = "true";
  fakeCognito({ GetTokensFromRefreshToken: authenticated({ RefreshToken: undefined }) });
  expect((await ask("renew-refresh-token", bodies["renew-refresh-token"])).body).toEqual(succeeded(tokens));
});

test("renew-refresh-token without rotation passes on no refresh token, should Cognito give one", async () => {
  fakeCognito({ InitiateAuth: authenticated() });
  expect((await ask("renew-refresh-token", bodies["renew-refresh-token"])).body).toEqual(succeeded(tokens));
});

test("login answers the pool's own user name when the e-mail was typed", async () => {
  fakeCognito({ InitiateAuth: authenticated({ IdToken: idToken({ "cognito:username": "ada.lovelace" }) }) });
  const { body } = await ask("login", { username: "ada@example.com", password: "Correct-Horse-1" });
  expect(body).toMatchObject({ data: { username: "ada.lovelace" } });
});

test("sign-up answers null for a code that was not sent, and true for a user that needs no confirmation", async () => {
  fakeCognito({ SignUp: answers({ UserConfirmed: true, UserSub: "sub-1" }) });
  const { body } = await ask("sign-up", bodies["sign-up"]);
  expect(body).toEqual(succeeded({ username: "ada", user_sub: "sub-1", user_confirmed: true, code_sent_to: null }));
});

/** What each handler sends to Cognito: exactly this, whatever else the body holds. */
import { authenticated, type FakeResponse, fakeCognito, idToken, responds, secret } from "./support/fake-cognito";
import {
  bodies,
  environment,
  failed,
  type HandlerName,
  hashOf,
  invoke,
  succeeded,
  useEnvironment,
} from "./support/handlers";

useEnvironment();

const ClientId = environment.CLIENT_ID;
const SecretHash = hashOf("ada");
const tokens = { id_token: idToken(), access_token: "access-token", expires_in: 3600, token_type: "Bearer" };
const session = { ...tokens, refresh_token: "refresh-token", username: "ada" };
const signedUp = { UserConfirmed: false, UserSub: "sub-1", CodeDeliveryDetails: { Destination: "a***@e***" } };

const cases: readonly [HandlerName, string, FakeResponse, object, unknown][] = [
  [
    "sign-up",
    "SignUp",
    responds(signedUp),
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
    responds({}),
    { ClientId, SecretHash, Username: "ada", ConfirmationCode: "123456" },
    {},
  ],
  [
    "resend-code",
    "ResendConfirmationCode",
    responds({ CodeDeliveryDetails: {} }),
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
    responds({ CodeDeliveryDetails: {} }),
    { ClientId, SecretHash, Username: "ada" },
    {},
  ],
  [
    "confirm-forgot-password",
    "ConfirmForgotPassword",
    responds({}),
    { ClientId, SecretHash, Username: "ada", ConfirmationCode: "123456", Password: "Correct-Horse-3" },
    {},
  ],
  ["logout", "RevokeToken", responds(""), { ClientId, ClientSecret: secret, Token: "refresh-token" }, {}],
];

test.each(cases)(
  "%s reads the secret, then requests %s and nothing else",
  async (name, operation, response, input, data) => {
    const requests = fakeCognito({ [operation]: response });
    expect(await invoke(name, bodies[name])).toMatchObject({ status: 200, body: succeeded(data) });
    expect(requests.map((call) => [call.operation, call.input])).toEqual([
      ["DescribeUserPoolClient", { UserPoolId: environment.USER_POOL_ID, ClientId }],
      [operation, input],
    ]);
  },
);

test.each(cases)("%s signs only the request for the secret", async (name, operation, response) => {
  const requests = fakeCognito({ [operation]: response });
  await invoke(name, bodies[name]);
  expect(requests.map(({ headers }) => headers.get("authorization") !== null)).toEqual([true, false]);
  expect(requests.map(({ headers }) => headers.get("x-amz-security-token"))).toEqual(["role-session-token", null]);
});

const choices = {
  AuthFlow: "ADMIN_NO_SRP_AUTH",
  ClientId: "another",
  ClientMetadata: {},
  UserAttributes: [],
  client_id: "another",
};

test.each(cases)(
  "%s rejects a body that sets flow, client or attributes, without a request to Cognito",
  async (name) => {
    const requests = fakeCognito();
    for (const [key, value] of Object.entries(choices)) {
      const { status, body } = await invoke(name, { ...bodies[name], [key]: value });
      expect([status, body]).toEqual([
        400,
        failed(`The body must hold only ${Object.keys(bodies[name] ?? {}).join(", ")}`),
      ]);
    }
    expect(requests).toEqual([]);
  },
);

test("renew-refresh-token with rotation calls GetTokensFromRefreshToken and returns the next refresh token", async () => {
  process.env.REFRESH_TOKEN_ROTATION = "true";
  const requests = fakeCognito({ GetTokensFromRefreshToken: authenticated({ RefreshToken: "next" }) });
  const { body } = await invoke("renew-refresh-token", bodies["renew-refresh-token"]);
  expect(body).toEqual(succeeded({ ...tokens, refresh_token: "next" }));
  expect(requests[1]).toMatchObject({
    operation: "GetTokensFromRefreshToken",
    input: { ClientId, ClientSecret: secret, RefreshToken: "refresh-token" },
  });
});

test("renew-refresh-token with rotation returns no refresh token if Cognito sent none", async () => {
  process.env.REFRESH_TOKEN_ROTATION = "true";
  fakeCognito({ GetTokensFromRefreshToken: authenticated({ RefreshToken: undefined }) });
  expect((await invoke("renew-refresh-token", bodies["renew-refresh-token"])).body).toEqual(succeeded(tokens));
});

test("renew-refresh-token without rotation never passes on a refresh token", async () => {
  fakeCognito({ InitiateAuth: authenticated() });
  expect((await invoke("renew-refresh-token", bodies["renew-refresh-token"])).body).toEqual(succeeded(tokens));
});

test("login returns the user's name in the pool when the caller sent the e-mail", async () => {
  fakeCognito({ InitiateAuth: authenticated({ IdToken: idToken({ "cognito:username": "ada.lovelace" }) }) });
  const { body } = await invoke("login", { username: "ada@example.com", password: "Correct-Horse-1" });
  expect(body).toMatchObject({ data: { username: "ada.lovelace" } });
});

test("sign-up returns null for a code that was not sent, and true for a user that needs no confirmation", async () => {
  fakeCognito({ SignUp: responds({ UserConfirmed: true, UserSub: "sub-1" }) });
  const { body } = await invoke("sign-up", bodies["sign-up"]);
  expect(body).toEqual(succeeded({ username: "ada", user_sub: "sub-1", user_confirmed: true, code_sent_to: null }));
});

/** Secrets that are sent, read or received must not appear in any log, error or response, except tokens in their own fields. */
import {
  authenticated,
  describesSecret,
  type FakeResponse,
  fails,
  fakeCognito,
  idToken,
  rejects,
  responds,
  timeOut,
} from "./support/fake-cognito";
import { captureLog, type HandlerName, handlerNames, invoke, useEnvironment } from "./support/handlers";

useEnvironment();

const canary = (name: string) => `canary-${name}`;
const role = { AWS_SECRET_ACCESS_KEY: canary("role-key"), AWS_SESSION_TOKEN: canary("role-session") };

const bodies: Readonly<Record<HandlerName, object | undefined>> = {
  "sign-up": { username: "ada", password: canary("password"), email: "ada@example.com" },
  "confirm-sign-up": { username: "ada", code: canary("code") },
  "resend-code": { username: "ada" },
  login: { username: "ada", password: canary("password") },
  "respond-to-challenge": {
    username: "ada",
    session: canary("session"),
    challenge_name: "NEW_PASSWORD_REQUIRED",
    responses: { NEW_PASSWORD: canary("new-password") },
  },
  "renew-refresh-token": { username: "ada", refresh_token: canary("refresh") },
  "forgot-password": { username: "ada" },
  "confirm-forgot-password": { username: "ada", code: canary("code"), password: canary("password") },
  logout: { refresh_token: canary("refresh") },
  "test-user": { username: "ada" },
  echo: undefined,
};

const everywhere = (response: FakeResponse) =>
  Object.fromEntries(
    [
      "SignUp",
      "ConfirmSignUp",
      "ResendConfirmationCode",
      "InitiateAuth",
      "RespondToAuthChallenge",
      "ForgotPassword",
      "ConfirmForgotPassword",
      "RevokeToken",
      "GetTokensFromRefreshToken",
      "AdminGetUser",
    ].map((operation) => [operation, response]),
  );

const quoting = "1 thing is wrong: canary-password canary-code canary-refresh canary-session";
const types = [
  "NotAuthorized",
  "InvalidParameter",
  "InvalidPassword",
  "CodeMismatch",
  "UserNotFound",
  "UserLambdaValidation",
  "Unheard",
  "InternalError",
];
const failures: readonly [string, FakeResponse][] = [
  ...types.map((type): [string, FakeResponse] => [type, rejects(`${type}Exception`, quoting)]),
  ["time-out", timeOut()],
  ["network", fails(new TypeError(quoting))],
  ["no JSON", responds(quoting)],
  ["empty", responds({})],
];

const search = async (name: HandlerName, fromCognito: FakeResponse, more: object = {}) => {
  Object.assign(process.env, role);
  const log = captureLog();
  fakeCognito({ DescribeUserPoolClient: describesSecret(canary("client-secret")), ...everywhere(fromCognito) });
  const response = await invoke(name, bodies[name], more);
  expect(JSON.stringify([log, response])).not.toContain("canary");
  return log;
};

describe.each(handlerNames)("%s", (name) => {
  test.each(failures)("keeps its secrets when Cognito responds with %s", async (_case, response) => {
    await search(name, response);
  });

  test("keeps its secrets when it succeeds", async () => {
    await search(name, authenticated({}, { UserSub: "sub", UserAttributes: [] }));
  });

  test("keeps its secrets when the body is rejected", async () => {
    const broken = JSON.stringify({ ...bodies[name], "canary-key": "canary-value" });
    await search(name, responds({}), { body: broken });
    await search(name, responds({}), { body: broken.slice(0, -1) });
    await search(name, responds({}), {
      body: broken,
      headers: { "content-type": "text/canary", origin: "https://canary" },
    });
  });

  test("keeps its secrets when the client's secret cannot be read", async () => {
    Object.assign(process.env, role);
    const log = captureLog();
    fakeCognito({ DescribeUserPoolClient: rejects("AccessDeniedException", "not authorized") });
    const response = await invoke(name, bodies[name]);
    expect(JSON.stringify([log, response])).not.toContain("canary");
  });
});

test("tokens appear in their own fields only", async () => {
  const log = captureLog();
  const tokens = {
    IdToken: idToken({ "cognito:username": "ada", canary: "id" }),
    AccessToken: canary("a"),
    RefreshToken: canary("r"),
  };
  fakeCognito({ InitiateAuth: authenticated(tokens) });
  const { body, headers } = await invoke("login", bodies.login);
  expect(body).toMatchObject({
    data: {
      id_token: tokens.IdToken,
      access_token: tokens.AccessToken,
      refresh_token: tokens.RefreshToken,
      username: "ada",
    },
  });
  expect(JSON.stringify(body).match(/canary/g)).toHaveLength(2);
  expect(JSON.stringify([headers, log])).not.toContain("canary");
});

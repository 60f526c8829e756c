/** Secrets that are sent, read or received must not turn up in any log, error or answer, but for tokens in their own fields. */
import {
  type Answer,
  answers,
  authenticated,
  describesSecret,
  fails,
  fakeCognito,
  idToken,
  refuses,
  timeOut,
} from "./support/fake-cognito";
import { ask, captureLog, type HandlerName, handlerNames, useEnvironment } from "./support/handlers";

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

const everywhere = (answer: Answer) =>
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
    ].map((operation) => [operation, answer]),
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
const failures: readonly [string, Answer][] = [
  ...types.map((type): [string, Answer] => [type, refuses(`${type}Exception`, quoting)]),
  ["time-out", timeOut()],
  ["network", fails(new TypeError(quoting))],
  ["no JSON", answers(quoting)],
  ["empty", answers({})],
];

const search = async (name: HandlerName, answer: Answer, more: object = {}) => {
  Object.assign(process.env, role);
  const log = captureLog();
  fakeCognito({ DescribeUserPoolClient: describesSecret(canary("client-secret")), ...everywhere(answer) });
  const answered = await ask(name, bodies[name], more);
  expect(JSON.stringify([log, answered])).not.toContain("canary");
  return log;
};

describe.each(handlerNames)("%s", (name) => {
  test.each(failures)("keeps its secrets when Cognito answers with %s", async (_case, answer) => {
    await search(name, answer);
  });

  test("keeps its secrets when it succeeds", async () => {
    await search(name, authenticated({}, { UserSub: "sub", UserAttributes: [] }));
  });

  test("keeps its secrets when the body is refused", async () => {
    const broken = JSON.stringify({ ...bodies[name], "canary-key": "canary-value" });
    await search(name, answers({}), { body: broken });
    await search(name, answers({}), { body: broken.slice(0, -1) });
    await search(name, answers({}), {
      body: broken,
      headers: { "content-type": "text/canary", origin: "https://canary" },
    });
  });

  test("keeps its secrets when the client's secret cannot be read", async () => {
    Object.assign(process.env, role);
    const log = captureLog();
    fakeCognito({ DescribeUserPoolClient: refuses("AccessDeniedException", "not authorized") });
    const answered = await ask(name, bodies[name]);
    expect(JSON.stringify([log, answered])).not.toContain("canary");
  });
});

test("tokens turn up in their own fields only", async () => {
  const log = captureLog();
  const tokens = {
    IdToken: idToken({ "cognito:username": "ada", canary: "id" }),
    AccessToken: canary("a"),
    RefreshToken: canary("r"),
  };
  fakeCognito({ InitiateAuth: authenticated(tokens) });
  const { body, headers } = await ask("login", bodies.login);
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

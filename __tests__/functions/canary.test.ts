/** Secrets that are sent, read or received must not appear in any log, error or response, except tokens in their own fields. */
import { safeParse } from "valibot";
import { routes } from "../../routes";
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
import { type ApiResponse, bodies, captureLog, useEnvironment } from "./support/handlers";
import { bodyOf, handlerNames, request } from "./support/requests";

useEnvironment();

const canary = (name: string) => `canary-${name}`;
const role = { AWS_SECRET_ACCESS_KEY: canary("role-key"), AWS_SESSION_TOKEN: canary("role-session") };

/** Fields whose value is a secret: no response repeats it. Other fields may come back in a success. */
const isSecret = (name: string, field: string) =>
  /password|secret|token|session/i.test(field) || (name in bodies && field === "code");

/** The handler's body with a canary in every text that its schema leaves free. */
function canaryBody(name: string): unknown {
  const schema = routes.find((row) => row.function === name)?.body;
  let found: unknown = bodyOf(name);
  if (!schema) return found;
  for (const path of textPaths(found)) {
    const field = path.at(-1) ?? "";
    const changed = replaced(found, path, isSecret(name, field) ? canary(field) : `visible-${field}`);
    if (safeParse(schema, changed).success) found = changed;
  }
  return found;
}

const textPaths = (value: unknown): string[][] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, child]) =>
        typeof child === "string" ? [[key]] : textPaths(child).map((path) => [key, ...path]),
      )
    : [];

function replaced(value: unknown, [key = "", ...path]: readonly string[], text: string): unknown {
  const child = (value as Record<string, unknown>)[key];
  const changed = { [key]: path.length > 0 ? replaced(child, path, text) : text };
  return Array.isArray(value) ? Object.assign([...value], changed) : { ...(value as object), ...changed };
}

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

const search = async (name: string, fromCognito: FakeResponse, more: object = {}) => {
  Object.assign(process.env, role);
  const log = captureLog();
  fakeCognito({ DescribeUserPoolClient: describesSecret(canary("client-secret")), ...everywhere(fromCognito) });
  const response = await request(name, canaryBody(name), more);
  expectNone(log, response);
};

function expectNone(log: readonly unknown[], response: ApiResponse): void {
  expect(JSON.stringify([log, response])).not.toContain("canary");
  expect(JSON.stringify([log, response.status < 400 ? null : response])).not.toContain("visible");
}

describe.each(handlerNames)("%s", (name) => {
  test.each(failures)("keeps its secrets when Cognito responds with %s", async (_case, response) => {
    await search(name, response);
  });

  test("keeps its secrets when it succeeds", async () => {
    await search(name, authenticated({}, { UserSub: "sub", UserAttributes: [] }));
  });

  test("keeps its secrets when the body is rejected", async () => {
    const broken = JSON.stringify({ ...(canaryBody(name) as object), "canary-key": "canary-value" });
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
    expectNone(log, await request(name, canaryBody(name)));
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
  const { body, headers } = await request("login", canaryBody("login"));
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

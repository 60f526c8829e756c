/** The operations themselves, without events and AWS: given a client, they return a plain result or throw. */
import type { InitiateAuthResponse } from "@aws-sdk/client-cognito-identity-provider";
import { confirmForgotPassword } from "../../functions/confirm-forgot-password";
import { confirmSignUp } from "../../functions/confirm-sign-up";
import { forgotPassword } from "../../functions/forgot-password";
import { login } from "../../functions/login";
import { logout } from "../../functions/logout";
import { renew, rotate } from "../../functions/renew-refresh-token";
import { resendCode } from "../../functions/resend-code";
import { respondToChallenge } from "../../functions/respond-to-challenge";
import type { AppClient } from "../../functions/shared/cognito/app-client";
import { CognitoError } from "../../functions/shared/cognito/cognito-error";
import { HttpError } from "../../functions/shared/error-response";
import { signUp } from "../../functions/sign-up";
import { testUser } from "../../functions/test-user";
import { idToken } from "./support/fake-cognito";
import { bodies } from "./support/handlers";

interface FakeClient extends AppClient {
  readonly sent: string[];
}

/** Returns `result` for every operation, or throws it; its secret is "secret". */
function client(result: object | CognitoError): FakeClient {
  const sent: string[] = [];
  return {
    sent,
    clientId: "client",
    call: async (operation) => {
      sent.push(operation);
      if (result instanceof CognitoError) throw result;
      return result;
    },
    withSecret: (use) => use("secret"),
  };
}

const error = (type: string) => new CognitoError("Operation", type);
const result: InitiateAuthResponse = {
  AuthenticationResult: {
    IdToken: idToken(),
    AccessToken: "access",
    RefreshToken: "refresh",
    ExpiresIn: 3600,
    TokenType: "Bearer",
  },
};
const renewed = { id_token: idToken(), access_token: "access", expires_in: 3600, token_type: "Bearer" };

const operations: readonly [string, (given: AppClient) => Promise<unknown>, object, unknown][] = [
  [
    "SignUp",
    (given) => signUp(given, bodies["sign-up"]),
    { UserSub: "sub" },
    { username: "ada", user_sub: "sub", user_confirmed: false, code_sent_to: null },
  ],
  ["ConfirmSignUp", (given) => confirmSignUp(given, bodies["confirm-sign-up"]), {}, {}],
  ["ResendConfirmationCode", (given) => resendCode(given, bodies["resend-code"]), {}, {}],
  [
    "InitiateAuth",
    (given) => login(given, bodies.login),
    result,
    { ...renewed, refresh_token: "refresh", username: "ada" },
  ],
  [
    "RespondToAuthChallenge",
    (given) => respondToChallenge(given, bodies["respond-to-challenge"]),
    result,
    { ...renewed, refresh_token: "refresh", username: "ada" },
  ],
  ["InitiateAuth", (given) => renew(given, bodies["renew-refresh-token"]), result, renewed],
  [
    "GetTokensFromRefreshToken",
    (given) => rotate(given, bodies["renew-refresh-token"]),
    result,
    { ...renewed, refresh_token: "refresh" },
  ],
  ["ForgotPassword", (given) => forgotPassword(given, bodies["forgot-password"]), {}, {}],
  ["ConfirmForgotPassword", (given) => confirmForgotPassword(given, bodies["confirm-forgot-password"]), {}, {}],
  ["RevokeToken", (given) => logout(given, bodies.logout), {}, {}],
];

test.each(operations)(
  "%s is called once, and its output gets the API's names (%#)",
  async (operation, run, output, data) => {
    const given = client(output);
    expect(await run(given)).toEqual(data);
    expect(given.sent).toEqual([operation]);
  },
);

test.each(operations)("%s passes on an error that it does not handle (%#)", async (_operation, run) => {
  const failure = error("InternalErrorException");
  await expect(run(client(failure))).rejects.toBe(failure);
});

test.each([
  ["AdaX", {}, "adax"],
  ["AdaX", { EXISTING_USER_POOL: "true" }, "AdaX"],
  ["AdaX@example.com", { EXISTING_USER_POOL: "true" }, "sub"],
])("signUp returns the name of %s in the pool (%j)", async (username, environment, name) => {
  jest.replaceProperty(process, "env", { ...process.env, ...environment });
  const result = await signUp(client({ UserSub: "sub" }), { ...bodies["sign-up"], username });
  jest.restoreAllMocks();
  expect(result.username).toBe(name);
});

test("renew treats a rejected hash as a user name that does not belong to the token", async () => {
  const renewal = renew(client(error("SecretRejected")), bodies["renew-refresh-token"]);
  await expect(renewal).rejects.toMatchObject({ type: "NotAuthorizedException" });
});

test("logout succeeds for a token that is no longer valid", async () => {
  expect(await logout(client(error("NotAuthorizedException")), bodies.logout)).toEqual({});
});

test("respondToChallenge rejects foreign keys before it reads the secret", async () => {
  const given: AppClient = { ...client({}), withSecret: () => Promise.reject(new Error("read the secret")) };
  const body = { ...bodies["respond-to-challenge"], responses: { NEW_PASSWORD: "x", SECRET_HASH: "x" } };
  await expect(respondToChallenge(given, body)).rejects.toBeInstanceOf(HttpError);
});

test("testUser returns an attribute without a value as an empty one", async () => {
  const { call } = client({ UserAttributes: [{ Name: "sub", Value: "1" }, { Name: "nickname" }] });
  expect(await testUser(call, "pool", { token_use: "access", username: "ada" }, { username: "ada" })).toEqual([
    { Name: "sub", Value: "1" },
    { Name: "nickname", Value: "" },
  ]);
});

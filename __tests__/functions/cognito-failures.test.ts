/** Errors that no caller causes: limits, faults of Cognito and of the deployment. */
import {
  authenticated,
  type FakeResponse,
  fails,
  fakeCognito,
  rejects,
  responds,
  timeOut,
} from "./support/fake-cognito";
import {
  bodies,
  captureLog,
  failed,
  type HandlerName,
  internalError,
  invoke,
  useEnvironment,
} from "./support/handlers";
import { callingCognito, invokeRejected, operations } from "./support/rejections";

useEnvironment();

/** Cognito limits attempts per user, so that a limit tells that there is one. */
const limitsHidden: readonly string[] = [
  "confirm-sign-up",
  "confirm-forgot-password",
  "resend-code",
  "forgot-password",
];

describe.each(callingCognito)("%s", (name) => {
  test.each([
    ["TooManyRequestsException", "1"],
    ["ThrottlingException", "1"],
    ...(limitsHidden.includes(name)
      ? []
      : [
          ["LimitExceededException", "60"],
          ["TooManyFailedAttemptsException", "60"],
        ]),
  ])("responds to %s with 429 and Retry-After %s", async (type, seconds) => {
    const { status, headers } = await invokeRejected(name, type);
    expect([status, headers["Retry-After"]]).toEqual([429, seconds]);
  });

  test.each([
    ["an internal error", rejects("InternalErrorException", "", 500), 502],
    ["any 5xx", rejects("WhateverException", "", 503), 502],
    ["an unreachable Cognito", fails(new Error("connect ECONNREFUSED")), 502],
    ["a response that is no JSON", responds("<html>"), 502],
    ["a response that is no object", responds("[]"), 502],
    ["an error without a type", responds("{}", 400), 502],
    ["no response in time", timeOut(), 504],
  ])("responds to %s with its status and logs it", async (_case, response, status) => {
    const log = captureLog();
    fakeCognito({ [operations[name]]: response });
    expect(await invoke(name, bodies[name])).toMatchObject({
      status,
      body: { error: true, success: false, data: null },
    });
    expect(log).toEqual([expect.objectContaining({ status, operation: operations[name] })]);
  });

  test.each([
    ["InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"],
    ["ResourceNotFoundException", "User pool client does not exist."],
    ["AccessDeniedException", "User: arn is not authorized to perform: cognito-idp"],
  ])("responds to a fault of the deployment, %s, with 500 and logs why", async (type, message) => {
    const log = captureLog();
    expect(await invokeRejected(name, type, message)).toMatchObject({ status: 500, body: internalError });
    expect(log).toEqual([expect.objectContaining({ requestId: "lambda-request", reason: message })]);
  });

  test.each(["constructor", "__proto__", "toString", "UnheardOfException"])(
    "responds to the unknown type %s with 500",
    async (type) => {
      const log = captureLog();
      expect(await invokeRejected(name, type, "canary")).toMatchObject({ status: 500, body: internalError });
      expect(JSON.stringify(log)).not.toContain("canary");
    },
  );

  test("responds to ForbiddenException, which a web ACL sends, with 403", async () => {
    expect(await invokeRejected(name, "ForbiddenException")).toMatchObject({ status: 403, body: failed("Forbidden") });
  });
});

const incomplete: readonly [HandlerName, FakeResponse][] = [
  ["login", responds({})],
  ["login", authenticated({ IdToken: undefined })],
  ["login", authenticated({ AccessToken: "" })],
  ["login", authenticated({ RefreshToken: undefined })],
  ["login", authenticated({ ExpiresIn: undefined })],
  ["login", authenticated({ TokenType: undefined })],
  ["login", authenticated({ IdToken: "no-token" })],
  ["login", authenticated({ IdToken: "a.e30.c" })],
  ["respond-to-challenge", responds({ ChallengeName: "", AuthenticationResult: null })],
  ["renew-refresh-token", responds({})],
  ["renew-refresh-token", responds({ ChallengeName: "SMS_MFA" })],
  ["sign-up", responds({})],
  ["test-user", responds({})],
];

test.each(incomplete)("%s responds 502 when Cognito's response lacks its result (%#)", async (name, response) => {
  captureLog();
  fakeCognito({ InitiateAuth: response, RespondToAuthChallenge: response, SignUp: response, AdminGetUser: response });
  expect((await invoke(name, bodies[name])).status).toBe(502);
});

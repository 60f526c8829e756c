import { AwsV4Signer } from "aws4fetch";
import { DEFAULT_TIMEOUT_SECONDS } from "../../constructs/function/node-function";
import { callCognito } from "../../functions/shared/cognito/client";
import { attemptMs, budgetMs } from "../../functions/shared/timing";
import { fails, fakeCognito, rejects, responds, timeOut } from "./support/fake-cognito";
import { environment, useEnvironment } from "./support/handlers";

useEnvironment();

const pool = { UserPoolId: "us-east-1_AbCdEfGhI" };
const user = { ...pool, Username: "ada" };
const call = callCognito(new AbortController().signal);
const unreachable = fails(new Error("connect ECONNREFUSED"));

test("an attempt and its retry fit in the time for waiting, and that in the default time-out of a function", () => {
  expect(2 * attemptMs).toBeLessThan(budgetMs);
  expect(budgetMs).toBeLessThan(DEFAULT_TIMEOUT_SECONDS * 1000);
});

test("goes to the region's endpoint in Cognito's JSON protocol", async () => {
  process.env.AWS_REGION = "eu-central-1";
  const requests = fakeCognito({ SignUp: responds({ UserSub: "sub" }) });
  expect(await call("SignUp", { ClientId: "c", Username: "ada" })).toEqual({ UserSub: "sub" });
  expect(requests).toEqual([
    expect.objectContaining({ url: "https://cognito-idp.eu-central-1.amazonaws.com/", operation: "SignUp" }),
  ]);
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AWSCognitoIdentityProviderService.SignUp",
  });
});

test("goes to the endpoint that the AWS SDKs' variable names", async () => {
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = "http://127.0.0.1:9229";
  const requests = fakeCognito({ AdminGetUser: responds({}) });
  await call("AdminGetUser", user);
  expect(requests[0]?.url).toBe("http://127.0.0.1:9229/");
});

test.each(["role-session-token", ""])("signs as the function's role, session token %p", async (sessionToken) => {
  process.env.AWS_SESSION_TOKEN = sessionToken;
  const requests = fakeCognito({ AdminGetUser: responds({}) });
  await call("AdminGetUser", user);
  const headers = requests[0]?.headers;
  const expected = await new AwsV4Signer({
    url: "https://cognito-idp.us-east-1.amazonaws.com/",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.AdminGetUser",
    },
    allHeaders: true,
    body: JSON.stringify(user),
    service: "cognito-idp",
    region: "us-east-1",
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    ...(sessionToken && { sessionToken }),
    datetime: headers?.get("x-amz-date") ?? "",
  }).authHeader();
  expect(headers?.get("authorization")).toBe(expected);
  expect(headers?.get("x-amz-security-token")).toBe(sessionToken || null);
});

const transient = [unreachable, timeOut(), rejects("InternalErrorException", "", 500)];

test.each(transient)("sends a read a second time after a passing failure (%#)", async (failure) => {
  const requests = fakeCognito({ AdminGetUser: [failure, responds({ Username: "ada" })] });
  expect(await call("AdminGetUser", user)).toEqual({ Username: "ada" });
  expect(requests).toHaveLength(2);
});

test.each(transient)("sends nothing a third time (%#)", async (failure) => {
  const requests = fakeCognito({ RevokeToken: failure });
  await expect(call("RevokeToken", { Token: "t", ClientId: "c" })).rejects.toMatchObject({ name: "CognitoError" });
  expect(requests).toHaveLength(2);
});

test.each([
  "ConfirmForgotPassword",
  "ConfirmSignUp",
  "ForgotPassword",
  "GetTokensFromRefreshToken",
  "InitiateAuth",
  "ResendConfirmationCode",
  "RespondToAuthChallenge",
  "SignUp",
] as const)("never repeats %s, which may have had its effect", async (operation) => {
  const input = { ClientId: "c", Username: "u", ConfirmationCode: "1", Password: "p", RefreshToken: "r" };
  const requests = fakeCognito({ [operation]: unreachable });
  const request = { ...input, AuthFlow: "USER_PASSWORD_AUTH", ChallengeName: "SMS_MFA" } as const;
  await expect(call(operation, request)).rejects.toMatchObject({ type: "Unreachable", operation });
  expect(requests).toHaveLength(1);
});

test("repeats neither a rejected nor a throttled request", async () => {
  for (const type of ["UserNotFoundException", "TooManyRequestsException"]) {
    const requests = fakeCognito({ AdminGetUser: rejects(type) });
    await expect(call("AdminGetUser", user)).rejects.toMatchObject({ type });
    expect(requests).toHaveLength(1);
  }
});

test("repeats nothing once the invocation's time is up", async () => {
  const requests = fakeCognito({ AdminGetUser: timeOut() });
  await expect(callCognito(AbortSignal.abort())("AdminGetUser", user)).rejects.toMatchObject({ type: "Timeout" });
  expect(requests).toHaveLength(1);
});

test("gives up on an attempt when the invocation's time is up", async () => {
  const time = new AbortController();
  const requests = fakeCognito({
    AdminGetUser: () => {
      time.abort();
      return Promise.reject(time.signal.reason);
    },
  });
  await expect(callCognito(time.signal)("AdminGetUser", user)).rejects.toMatchObject({ type: "Timeout" });
  expect(requests).toHaveLength(1);
});

test("fails when the network code throws something that is no Error", async () => {
  fakeCognito({ SignUp: fails("gone") });
  await expect(call("SignUp", { ClientId: "c", Username: "ada" })).rejects.toMatchObject({ type: "Unreachable" });
});

test("accepts a response without a request id", async () => {
  fakeCognito({ SignUp: () => new Response('{"__type":"UsernameExistsException"}', { status: 400 }) });
  const failure = { type: "UsernameExistsException", requestId: undefined };
  await expect(call("SignUp", { ClientId: "c", Username: "ada" })).rejects.toMatchObject(failure);
});

test("reports Cognito's type without its namespace, its message in either spelling, and its request id", async () => {
  fakeCognito({ SignUp: responds({ __type: "com.amazonaws.cognito#UsernameExistsException", Message: "taken" }, 400) });
  await expect(call("SignUp", { ClientId: "c", Username: "ada" })).rejects.toMatchObject({
    name: "CognitoError",
    type: "UsernameExistsException",
    message: "taken",
    requestId: "cognito-request",
  });
});

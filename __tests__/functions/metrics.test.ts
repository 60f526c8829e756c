/** With METRICS_NAMESPACE, one line per request from which CloudWatch counts; without it, nothing but failures is logged. */
import { authenticated, fakeCognito, idToken, rejects, responds } from "./support/fake-cognito";
import { bodies, captureLog, coldHandler, event, invokeHandler, useEnvironment } from "./support/handlers";

useEnvironment();

interface Line {
  readonly timestamp: string;
  readonly level: string;
  readonly requestId: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly _aws?: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly unknown[] };
}

/** What a cold function, or one after another request, writes to its standard output. */
async function lines(name: string, body: unknown, requests = 1, namespace = "cognito-api-dev"): Promise<Line[]> {
  process.env.METRICS_NAMESPACE = namespace;
  const written: string[] = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const handler = coldHandler(name);
  for (let i = 0; i < requests; i += 1) await invokeHandler(handler, event(body));
  return written.map((text) => {
    expect(text).toMatch(/^[^\n]*\n$/);
    return JSON.parse(text) as Line;
  });
}

const counted = ({
  _aws,
  timestamp,
  level,
  requestId,
  message,
  ColdStarts: _cold,
  ...metrics
}: Line & { ColdStarts?: 1 }) => metrics;

test("a sign-in is counted in CloudWatch's embedded metric format", async () => {
  fakeCognito({ InitiateAuth: authenticated() });
  const [, line] = await lines("login", bodies.login, 2);
  expect(line).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: "INFO",
    requestId: "lambda-request",
    message: {
      message: "request",
      status: 200,
      requestId: "lambda-request",
      gatewayRequestId: "gateway-request",
      extendedRequestId: "extended-request",
    },
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: "cognito-api-dev",
          Dimensions: [[]],
          Metrics: [{ Name: "SignIns", Unit: "Count" }],
        },
      ],
    },
    SignIns: 1,
  });
  expect(Math.abs((line?._aws?.Timestamp ?? 0) - Date.now())).toBeLessThan(60_000);
});

test("only the first request of an instance is a cold start", () => {
  jest.isolateModules(() => {
    const { metricsOf }: typeof import("../../functions/shared/http/metrics") = jest.requireActual(
      "../../functions/shared/http/metrics",
    );
    expect(metricsOf(undefined, {}, 200)).toEqual(["ColdStarts"]);
    expect(metricsOf(undefined, {}, 200)).toEqual([]);
  });
});

test("a challenge is no sign-in yet", async () => {
  fakeCognito({ InitiateAuth: responds({ ChallengeName: "SOFTWARE_TOKEN_MFA", Session: "s" }) });
  expect((await lines("login", bodies.login)).map(counted)).toEqual([{}]);
});

test("a sign-in is counted when the refresh token travels in a cookie, too", async () => {
  Object.assign(process.env, { REFRESH_TOKEN_COOKIE: "Strict", REFRESH_TOKEN_SECONDS: "86400" });
  fakeCognito({ InitiateAuth: authenticated({ IdToken: idToken({ "cognito:username": "ada" }) }) });
  expect((await lines("login", bodies.login)).map(counted)).toEqual([{ SignIns: 1 }]);
});

test("a sign-up is counted", async () => {
  fakeCognito({ SignUp: responds({ UserSub: "6e8acaa9", UserConfirmed: false }) });
  expect((await lines("sign-up", bodies["sign-up"])).map(counted)).toEqual([{ SignUps: 1 }]);
});

test.each([
  ["a wrong password", "NotAuthorizedException", "Incorrect username or password.", { SignInFailures: 1 }],
  ["a lock-out", "NotAuthorizedException", "Password attempts exceeded", { SignInFailures: 1, LockOuts: 1 }],
  ["a limit of attempts", "LimitExceededException", "Attempt limit exceeded", { SignInFailures: 1, LockOuts: 1 }],
  ["a throttled call", "TooManyRequestsException", "Rate exceeded", { ThrottledCognitoCalls: 1 }],
  ["an outage", "InternalErrorException", "", {}],
])("%s is counted by its cause", async (_, type, message, metrics) => {
  fakeCognito({ InitiateAuth: rejects(type, message) });
  expect((await lines("login", bodies.login)).map(counted)).toEqual([{ ...metrics }]);
});

test("a rejected request says why, without the stack and the caller's text", async () => {
  fakeCognito({ InitiateAuth: rejects("NotAuthorizedException", "Incorrect: Correct-Horse-1") });
  const [rejected] = await lines("login", bodies.login);
  expect(rejected?.message).toMatchObject({ status: 401, error: "CognitoError", type: "NotAuthorizedException" });
  const [wrong] = await lines("login", { username: "ada" });
  expect(wrong?.message).toMatchObject({
    status: 400,
    error: "HttpError",
    reason: "Please provide password to log in",
  });
  expect(counted(wrong as Line)).toEqual({});
  expect(JSON.stringify([rejected, wrong])).not.toMatch(/Correct-Horse|stack/);
});

test("a failure is the same single line, with the level ERROR", async () => {
  const log = captureLog();
  fakeCognito({ DescribeUserPoolClient: rejects("AccessDeniedException", "no permission") });
  const [line, ...others] = await lines("login", bodies.login);
  expect(line).toMatchObject({
    level: "ERROR",
    message: { message: "request failed", status: 500, reason: "AccessDeniedException: no permission" },
  });
  expect([...others, ...log]).toEqual([]);
});

test("without METRICS_NAMESPACE a success writes nothing", async () => {
  const log = captureLog();
  fakeCognito({ InitiateAuth: authenticated() });
  expect(await lines("login", bodies.login, 1, "")).toEqual([]);
  expect(log).toEqual([]);
});

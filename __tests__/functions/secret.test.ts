/** The client's secret: read when needed, kept in memory, read again once when Cognito refuses it. */
import { SecretKeeper } from "../../functions/shared/cognito/app-client";
import { CognitoError } from "../../functions/shared/cognito/cognito-error";
import { answers, authenticated, describesSecret, fails, fakeCognito, refuses } from "./support/fake-cognito";
import {
  askWith,
  bodies,
  captureLog,
  coldHandler,
  event,
  hashOf,
  internalError,
  refused,
  useEnvironment,
} from "./support/handlers";

useEnvironment();

const wrongHash = refuses("NotAuthorizedException", "Unable to verify secret hash for client c");
const login = () => {
  const handler = coldHandler("login");
  return () => askWith(handler, event(bodies.login));
};

test("is read once for many requests", async () => {
  const calls = fakeCognito({ InitiateAuth: authenticated() });
  const again = login();
  for (let request = 0; request < 3; request++) expect((await again()).status).toBe(200);
  expect(calls.map(({ operation }) => operation)).toEqual(["DescribeUserPoolClient", ...Array(3).fill("InitiateAuth")]);
});

test("is read once for first requests at the same time", async () => {
  const calls = fakeCognito({ InitiateAuth: authenticated() });
  const again = login();
  const all = await Promise.all([again(), again(), again()]);
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(calls.filter(({ operation }) => operation === "DescribeUserPoolClient")).toHaveLength(1);
});

test("is read again by the next request if the first could not read it", async () => {
  captureLog();
  const unavailable = fails(new Error("connect ECONNREFUSED"));
  fakeCognito({
    DescribeUserPoolClient: [unavailable, unavailable, describesSecret()],
    InitiateAuth: authenticated(),
  });
  const again = login();
  expect((await again()).status).toBe(502);
  expect((await again()).status).toBe(200);
});

test("is read again, once, when Cognito refuses the hash, and the new one is kept", async () => {
  const calls = fakeCognito({
    DescribeUserPoolClient: [describesSecret("old"), describesSecret("new")],
    InitiateAuth: [wrongHash, authenticated()],
  });
  const again = login();
  expect((await again()).status).toBe(200);
  expect((await again()).status).toBe(200);
  const hashes = calls.filter(({ operation }) => operation === "InitiateAuth").map(({ input }) => input);
  expect(hashes).toMatchObject(
    ["old", "new", "new"].map((value) => ({ AuthParameters: { SECRET_HASH: hashOf("ada", value) } })),
  );
  expect(calls).toHaveLength(5);
});

test.each([
  "Unable to verify secret hash for client c",
  "SecretHash does not match for the client: c",
  "Client c is configured with secret but SECRET_HASH was not received",
])("fails with 500 and a log if the current secret is refused: %s", async (message) => {
  const log = captureLog();
  const calls = fakeCognito({ InitiateAuth: refuses("NotAuthorizedException", message) });
  expect(await login()()).toMatchObject({ status: 500, body: internalError });
  expect(calls.map(({ operation }) => operation)).toEqual([
    "DescribeUserPoolClient",
    "InitiateAuth",
    "DescribeUserPoolClient",
  ]);
  expect(log).toEqual([expect.objectContaining({ type: "SecretRejected", reason: message })]);
});

test("fails with 500 if the secret that was read again is refused, too", async () => {
  captureLog();
  const calls = fakeCognito({
    DescribeUserPoolClient: [describesSecret("old"), describesSecret("new")],
    InitiateAuth: wrongHash,
  });
  expect((await login()()).status).toBe(500);
  expect(calls).toHaveLength(4);
});

test("a user name that does not fit the refresh token is the caller's fault, and costs one reading a minute at most", async () => {
  const calls = fakeCognito({
    InitiateAuth: refuses("NotAuthorizedException", "SecretHash does not match for the client: c"),
  });
  const handler = coldHandler("renew-refresh-token");
  const message = "Invalid refresh token or username is incorrect or Refresh Token has been revoked";
  for (let request = 0; request < 5; request++) {
    expect(await askWith(handler, event(bodies["renew-refresh-token"]))).toMatchObject({
      status: 401,
      body: refused(message),
    });
  }
  expect(calls.filter(({ operation }) => operation === "DescribeUserPoolClient")).toHaveLength(2);
});

test("with rotation a refused secret is never the caller's fault", async () => {
  captureLog();
  process.env.REFRESH_TOKEN_ROTATION = "true";
  fakeCognito({ GetTokensFromRefreshToken: refuses("NotAuthorizedException", "Invalid client secret") });
  expect((await askWith(coldHandler("renew-refresh-token"), event(bodies["renew-refresh-token"]))).status).toBe(500);
});

test.each([
  ["login", "NotAuthorizedException"],
  ["forgot-password", "UserNotFoundException"],
  ["sign-up", "InvalidParameterException"],
  ["logout", "NotAuthorizedException"],
  ["login", "AccessDeniedException"],
] as const)("%s takes %s on reading the secret for a fault of the deployment", async (name, type) => {
  const log = captureLog();
  fakeCognito({ DescribeUserPoolClient: refuses(type, "as it is") });
  expect(await askWith(coldHandler(name), event(bodies[name]))).toMatchObject({ status: 500, body: internalError });
  expect(log).toEqual([expect.objectContaining({ type: "SecretUnreadable", reason: `${type}: as it is` })]);
});

test("answers 429 while reading the secret is throttled", async () => {
  fakeCognito({ DescribeUserPoolClient: refuses("TooManyRequestsException", "Rate exceeded") });
  expect((await login()()).status).toBe(429);
});

test("an app client without a secret is no answer", async () => {
  captureLog();
  fakeCognito({ DescribeUserPoolClient: answers({ UserPoolClient: {} }) });
  expect((await login()()).status).toBe(502);
});

const refusal = new CognitoError("InitiateAuth", "SecretRejected");

test("two requests that are refused at the same time share one reading", async () => {
  const secrets = ["old", "new", "newer"];
  const read = jest.fn(async () => secrets.shift() ?? "");
  const keeper = new SecretKeeper(() => 0);
  const use = (secret: string) => (secret === "old" ? Promise.reject(refusal) : Promise.resolve(secret));
  expect(await Promise.all([keeper.use(read, use), keeper.use(read, use)])).toEqual(["new", "new"]);
  expect(read).toHaveBeenCalledTimes(2);
});

test("a secret that was found unchanged is read again after a minute", async () => {
  const clock = { now: 0 };
  const read = jest.fn(async () => "same");
  const keeper = new SecretKeeper(() => clock.now);
  const attempt = () => expect(keeper.use(read, () => Promise.reject(refusal))).rejects.toBe(refusal);
  const reads: number[] = [];
  for (const now of [0, 59_999, 60_000]) {
    clock.now = now;
    await attempt();
    reads.push(read.mock.calls.length);
  }
  expect(reads).toEqual([2, 2, 3]);
});

test("any other error is passed on, and nothing is read again", async () => {
  const read = jest.fn(async () => "secret");
  const error = new Error("another");
  await expect(new SecretKeeper(() => 0).use(read, () => Promise.reject(error))).rejects.toBe(error);
  expect(read).toHaveBeenCalledTimes(1);
});

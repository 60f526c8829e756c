/** The client's secret: read on first use, kept in memory, read again once when Cognito rejects it. */
import { SecretKeeper } from "../../functions/shared/cognito/app-client";
import { CognitoError } from "../../functions/shared/cognito/cognito-error";
import { authenticated, describesSecret, fails, fakeCognito, rejects, responds } from "./support/fake-cognito";
import {
  bodies,
  captureLog,
  coldHandler,
  event,
  failed,
  hashOf,
  internalError,
  invokeHandler,
  useEnvironment,
} from "./support/handlers";

useEnvironment();

const wrongHash = rejects("NotAuthorizedException", "Unable to verify secret hash for client c");
const login = () => {
  const handler = coldHandler("login");
  return () => invokeHandler(handler, event(bodies.login));
};

test("is read once for many requests", async () => {
  const requests = fakeCognito({ InitiateAuth: authenticated() });
  const again = login();
  for (let request = 0; request < 3; request++) expect((await again()).status).toBe(200);
  expect(requests.map(({ operation }) => operation)).toEqual([
    "DescribeUserPoolClient",
    ...Array(3).fill("InitiateAuth"),
  ]);
});

test("is read once for first requests at the same time", async () => {
  const requests = fakeCognito({ InitiateAuth: authenticated() });
  const again = login();
  const all = await Promise.all([again(), again(), again()]);
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(requests.filter(({ operation }) => operation === "DescribeUserPoolClient")).toHaveLength(1);
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

test("is read again, once, when Cognito rejects the hash, and the new one is kept", async () => {
  const requests = fakeCognito({
    DescribeUserPoolClient: [describesSecret("old"), describesSecret("new")],
    InitiateAuth: [wrongHash, authenticated()],
  });
  const again = login();
  expect((await again()).status).toBe(200);
  expect((await again()).status).toBe(200);
  const hashes = requests.filter(({ operation }) => operation === "InitiateAuth").map(({ input }) => input);
  expect(hashes).toMatchObject(
    ["old", "new", "new"].map((value) => ({ AuthParameters: { SECRET_HASH: hashOf("ada", value) } })),
  );
  expect(requests).toHaveLength(5);
});

test.each([
  "Unable to verify secret hash for client c",
  "SecretHash does not match for the client: c",
  "Client c is configured with secret but SECRET_HASH was not received",
])("fails with 500 and a log entry if the current secret is rejected: %s", async (message) => {
  const log = captureLog();
  const requests = fakeCognito({ InitiateAuth: rejects("NotAuthorizedException", message) });
  expect(await login()()).toMatchObject({ status: 500, body: internalError });
  expect(requests.map(({ operation }) => operation)).toEqual([
    "DescribeUserPoolClient",
    "InitiateAuth",
    "DescribeUserPoolClient",
  ]);
  expect(log).toEqual([expect.objectContaining({ type: "SecretRejected", reason: message })]);
});

test("fails with 500 if the new secret is rejected, too", async () => {
  captureLog();
  const requests = fakeCognito({
    DescribeUserPoolClient: [describesSecret("old"), describesSecret("new")],
    InitiateAuth: wrongHash,
  });
  expect((await login()()).status).toBe(500);
  expect(requests).toHaveLength(4);
});

test("a user name that does not belong to the refresh token is the caller's fault, and costs at most one read per minute", async () => {
  const requests = fakeCognito({
    InitiateAuth: rejects("NotAuthorizedException", "SecretHash does not match for the client: c"),
  });
  const handler = coldHandler("renew-refresh-token");
  const message = "Invalid refresh token or username is incorrect or Refresh Token has been revoked";
  for (let request = 0; request < 5; request++) {
    expect(await invokeHandler(handler, event(bodies["renew-refresh-token"]))).toMatchObject({
      status: 401,
      body: failed(message),
    });
  }
  expect(requests.filter(({ operation }) => operation === "DescribeUserPoolClient")).toHaveLength(2);
});

test("with rotation a rejected secret is never the caller's fault", async () => {
  captureLog();
  process.env.REFRESH_TOKEN_ROTATION = "true";
  fakeCognito({ GetTokensFromRefreshToken: rejects("NotAuthorizedException", "Invalid client secret") });
  expect((await invokeHandler(coldHandler("renew-refresh-token"), event(bodies["renew-refresh-token"]))).status).toBe(
    500,
  );
});

test.each([
  ["login", "NotAuthorizedException"],
  ["forgot-password", "UserNotFoundException"],
  ["sign-up", "InvalidParameterException"],
  ["logout", "NotAuthorizedException"],
  ["login", "AccessDeniedException"],
] as const)("%s treats %s on reading the secret as a fault of the deployment", async (name, type) => {
  const log = captureLog();
  fakeCognito({ DescribeUserPoolClient: rejects(type, "as it is") });
  expect(await invokeHandler(coldHandler(name), event(bodies[name]))).toMatchObject({
    status: 500,
    body: internalError,
  });
  expect(log).toEqual([expect.objectContaining({ type: "SecretUnreadable", reason: `${type}: as it is` })]);
});

test("responds 429 while reading the secret is throttled", async () => {
  fakeCognito({ DescribeUserPoolClient: rejects("TooManyRequestsException", "Rate exceeded") });
  expect((await login()()).status).toBe(429);
});

test("an app client without a secret is an invalid response", async () => {
  captureLog();
  fakeCognito({ DescribeUserPoolClient: responds({ UserPoolClient: {} }) });
  expect((await login()()).status).toBe(502);
});

const rejection = new CognitoError("InitiateAuth", "SecretRejected");

test("two requests that are rejected at the same time share one read", async () => {
  const secrets = ["old", "new", "newer"];
  const read = jest.fn(async () => secrets.shift() ?? "");
  const keeper = new SecretKeeper(() => 0);
  const use = (secret: string) => (secret === "old" ? Promise.reject(rejection) : Promise.resolve(secret));
  expect(await Promise.all([keeper.use(read, use), keeper.use(read, use)])).toEqual(["new", "new"]);
  expect(read).toHaveBeenCalledTimes(2);
});

test("a secret that was found unchanged is read again after a minute", async () => {
  const clock = { now: 0 };
  const read = jest.fn(async () => "same");
  const keeper = new SecretKeeper(() => clock.now);
  const attempt = () => expect(keeper.use(read, () => Promise.reject(rejection))).rejects.toBe(rejection);
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

import { type Client, grace, password, serve, shareKeys, signedIn } from "../support/client";
import { edit, synthesize } from "../support/folder";
import { pastedTour, worked } from "../support/paste";
import type { Synthesized } from "../support/synth";

shareKeys();

let folder: string;
let client: Client;
let tokens: Record<string, string>;
let UserPoolId: unknown;
beforeAll(async () => {
  folder = await synthesize();
  client = await serve(folder);
  UserPoolId = client.stack.resources("aws_cognito_user_pool")[0]?.values.id;
  await client.post("/user/sign-up", grace);
  await client.post("/user/confirm-sign-up", { username: "grace", code: client.mails.at(-1)?.code });
  tokens = (await client.post("/user/login", { username: "grace", password })).body.data;
});

// The clock stands still unless it is moved: without this, one test would use up the next one's share of calls.
beforeEach(() => client.advance(2000));

const bearer = (token: string | undefined) => ({ Authorization: `Bearer ${token}` });

test("signs up, confirms with the mailed code, and logs in", () => {
  expect(client.mails[0]).toMatchObject({ destination: "grace@example.com", code: expect.stringMatching(/^\d{6}$/) });
  expect(tokens).toEqual({
    id_token: expect.stringMatching(/^eyJ/),
    access_token: expect.stringMatching(/^eyJ/),
    refresh_token: expect.any(String),
    expires_in: 3600,
    token_type: "Bearer",
    username: "grace",
  });
});

test("accepts the id token with and without Bearer, and returns the caller's claims", async () => {
  for (const headers of [bearer(tokens.id_token), { Authorization: String(tokens.id_token) }]) {
    const { status, body } = await client.get("/echo", headers);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ "cognito:username": "grace", email: "grace@example.com", token_use: "id" });
  }
  expect((await client.get("/hello", bearer(tokens.id_token))).status).toBe(200);
});

test.each([
  ["without a token", () => ({})],
  ["with the access token", () => bearer(tokens.access_token)],
  ["with a token that is none", () => bearer("x.y.z")],
  ["with a changed token", () => bearer(`${tokens.id_token?.slice(0, -8)}AAAAAAAA`)],
])("stays closed %s, in the envelope and readable by the page", async (_, headers) => {
  const { status, headers: received, body } = await client.get("/echo", headers());
  expect([status, body]).toEqual([401, { message: "Unauthorized", error: true, success: false, data: null }]);
  expect(received.get("access-control-allow-origin")).toBe("http://localhost:3000");
  expect(received.get("x-amzn-errortype")).toBe("UnauthorizedException");
});

test("returns the caller's attributes, and another user's only to an admin", async () => {
  const own = await client.post("/user/test-user", { username: "grace" }, bearer(tokens.id_token));
  expect(own.body.data).toEqual(expect.arrayContaining([{ Name: "email", Value: "grace@example.com" }]));
  const other = await client.post("/user/test-user", { username: "bob" }, bearer(tokens.id_token));
  expect(other.status).toBe(403);

  await client.cognito("AdminCreateUser", { UserPoolId, Username: "bob", MessageAction: "SUPPRESS" });
  await client.cognito("AdminAddUserToGroup", { UserPoolId, Username: "grace", GroupName: "admin" });
  const admin = (await client.post("/user/login", { username: "grace", password })).body.data;
  const allowed = await client.post("/user/test-user", { username: "bob" }, bearer(admin.id_token));
  expect(allowed.body.data).toEqual(expect.arrayContaining([{ Name: "sub", Value: expect.any(String) }]));
});

test("renews with the refresh token until it is revoked; signing out again still succeeds", async () => {
  const { refresh_token } = (await client.post("/user/login", { username: "grace@example.com", password })).body.data;
  const renewal = { username: "grace", refresh_token };
  const renewed = await client.post("/user/renew_refresh_token", renewal);
  expect(Object.keys(renewed.body.data).sort()).toEqual(["access_token", "expires_in", "id_token", "token_type"]);
  for (let time = 0; time < 2; time++) expect((await client.post("/user/logout", { refresh_token })).status).toBe(200);
  expect(await client.post("/user/renew_refresh_token", renewal)).toMatchObject({
    status: 401,
    body: { message: "Invalid refresh token or username is incorrect or Refresh Token has been revoked" },
  });
});

test("says which field is missing and what it is needed for", async () => {
  expect(await client.post("/user/renew_refresh_token", { username: "grace" })).toMatchObject({
    status: 400,
    body: { message: "Please provide refresh_token to renew tokens" },
  });
});

test("leaves shape, types and bounds to the gateway", async () => {
  for (const body of [{ username: 7 }, { username: "" }, { username: "grace", password, extra: 1 }, []]) {
    expect(await client.post("/user/login", body)).toMatchObject({
      status: 400,
      body: { message: "Invalid request body" },
    });
  }
});

test("takes a first password for a user that an operator made", async () => {
  const TemporaryPassword = "Temporary-Pass-1";
  await client.cognito("AdminCreateUser", {
    UserPoolId,
    Username: "cyd",
    TemporaryPassword,
    MessageAction: "SUPPRESS",
  });
  const { data } = (await client.post("/user/login", { username: "cyd", password: TemporaryPassword })).body;
  expect(data).toMatchObject({ challenge_name: "NEW_PASSWORD_REQUIRED", username: "cyd" });
  const response = await client.post("/user/login/challenge", {
    username: data.username,
    session: data.session,
    challenge_name: data.challenge_name,
    responses: { NEW_PASSWORD: "Another-Horse-8-Battery" },
  });
  expect(response.body.data).toMatchObject({ username: "cyd", id_token: expect.any(String) });
});

test("resets a forgotten password with the mailed code", async () => {
  await client.post("/user/forgot-password", { username: "grace" });
  const code = client.mails.at(-1)?.code;
  const changed = { username: "grace", code, password: "Yet-Another-Horse-9" };
  expect((await client.post("/user/confirm-forgot-password", changed)).status).toBe(200);
  expect((await client.post("/user/login", { username: "grace", password })).status).toBe(401);
  expect((await client.post("/user/login", { username: "grace", password: changed.password })).status).toBe(200);
});

test("returns the same error for every login that fails", async () => {
  const wrong = await client.post("/user/login", { username: "grace", password: "Wrong-Password-1" });
  const unknown = await client.post("/user/login", { username: "nobody", password: "Wrong-Password-1" });
  expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
  expect(wrong.status).toBe(401);
});

test("requires an unconfirmed user to confirm first", async () => {
  await client.post("/user/sign-up", { ...grace, username: "eve", email: "eve@example.com" });
  expect(await client.post("/user/login", { username: "eve", password })).toMatchObject({
    status: 401,
    body: { message: "Incorrect username or password, or the user is not confirmed" },
  });
});

test("responds to the preflight without a function", async () => {
  const response = await client.request("OPTIONS", "/echo", { Origin: "http://localhost:3000" });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
  expect(response.headers.get("access-control-allow-headers")).toContain("Authorization");
});

test("throttles guessing, and lets the bucket fill up again", async () => {
  const login = () => client.post("/user/login", { username: "nobody", password: "Wrong-Password-1" });
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await login()).status));
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  const throttled = await login();
  expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "1"]);
  client.advance(1000);
  expect((await login()).status).toBe(401);
});

test("closes to a token that has expired", async () => {
  const fresh = await serve(await synthesize({ ID_TOKEN_MINUTES: "5" }));
  const { id_token } = await signedIn(fresh);
  expect((await fresh.get("/echo", bearer(id_token))).status).toBe(200);
  fresh.advance(5 * 60_000);
  expect(await fresh.get("/echo", bearer(id_token))).toMatchObject({
    status: 401,
    body: { message: "The incoming token has expired" },
  });
});

describe("a fault in the JSON is a fault here", () => {
  test("responds 500 where a permission is for another route", async () => {
    const folder = await synthesize();
    edit(folder, (json) => {
      const permissions = json.resource.aws_lambda_permission ?? {};
      for (const [name, permission] of Object.entries(permissions)) {
        if (name.includes("echo")) permission.source_arn = String(permission.source_arn).replace("/echo", "/other");
      }
    });
    const broken = await serve(folder);
    const { id_token } = await signedIn(broken);
    expect((await broken.get("/echo", bearer(id_token))).status).toBe(500);
    expect((await broken.get("/hello", bearer(id_token))).status).toBe(200);
  });

  test("denies a function what its policy does not allow", async () => {
    const folder = await synthesize();
    edit(folder, (json) => {
      const policies = json.resource.aws_iam_role_policy ?? {};
      for (const [name, policy] of Object.entries(policies)) {
        if (name.includes("sign-up"))
          policy.policy = String(policy.policy).replace("DescribeUserPoolClient", "AdminGetUser");
      }
    });
    const broken = await serve(folder);
    expect((await broken.post("/user/sign-up", grace)).status).toBe(500);
    expect(broken.lines.join("\n")).toContain("AccessDeniedException");
  });

  test.each([
    [
      "the authorizer",
      (json: Synthesized) => delete json.resource.aws_api_gateway_authorizer,
      "aws_api_gateway_authorizer.",
    ],
    [
      "a method's reference to it",
      (json: Synthesized) => {
        for (const method of Object.values(json.resource.aws_api_gateway_method ?? {})) delete method.authorizer_id;
      },
      "authorizer_id",
    ],
  ])("rejects a stack without %s", async (_, change, message) => {
    const folder = await synthesize();
    edit(folder, change);
    await expect(serve(folder)).rejects.toThrow(message);
  });

  test("goes on with the last good stack when the next one is broken", async () => {
    const folder = await synthesize();
    const steady = await serve(folder);
    const { id_token } = await signedIn(steady);
    edit(folder, (json) => {
      json.resource.aws_api_gateway_rest_api_policy = { q: {} };
    });
    expect(() => steady.local.load(folder)).toThrow("aws_api_gateway_rest_api_policy.q");
    expect((await steady.get("/echo", bearer(id_token))).status).toBe(200);
  });
});

test("keeps users and tokens when another stack is loaded", async () => {
  const steady = await serve(folder);
  const { id_token } = await signedIn(steady);
  steady.local.load(await synthesize({ TOKEN_HEADER: "token" }));
  expect((await steady.get("/echo", { token: String(id_token) })).status).toBe(200);
  expect((await steady.get("/echo", bearer(id_token))).status).toBe(401);
  expect((await steady.post("/user/login", { username: "grace", password })).status).toBe(200);
});

test("prints a tour that works when pasted", async () => {
  expect(await pastedTour(client)).toEqual(worked);
});

/** REFRESH_TOKEN_COOKIE: the refresh token in a cookie, and in no body. */
import { authenticated, fakeCognito, idToken, rejects, responds } from "./support/fake-cognito";
import { bodies, failed, hashOf, invoke, succeeded, useEnvironment } from "./support/handlers";

useEnvironment();
const at = Math.floor(Date.now() / 1000);
beforeEach(() => {
  Object.assign(process.env, { REFRESH_TOKEN_COOKIE: "Strict", REFRESH_TOKEN_SECONDS: "86400" });
});

const requestContext = { path: "/v1/user/login" };
const origin = "https://app.example";
const cookie = "refresh_token=YWRh.refresh-token";
const invalid = failed("Invalid refresh token or username is incorrect or Refresh Token has been revoked");
const send = (name: string, headers: object, body: object = {}) =>
  invoke(name, body, {
    headers: { "content-type": "application/json", Origin: origin, ...headers },
    requestContext: { path: `/v1/user/${name}` },
  });
const wanted = { "X-Requested-With": "fetch", Cookie: `a=b; ${cookie}` };
const signedIn = (more: object = {}) =>
  authenticated({ IdToken: idToken({ "cognito:username": "ada", auth_time: at }), ...more });

test.each(["login", "respond-to-challenge"] as const)(
  "%s sets the cookie and returns no refresh token",
  async (name) => {
    fakeCognito({ InitiateAuth: signedIn(), RespondToAuthChallenge: signedIn() });
    const response = await invoke(name, bodies[name], { requestContext });
    expect(response.status).toBe(200);
    expect(JSON.stringify(response.body)).not.toContain("refresh");
    expect(response.body).toMatchObject({ data: { username: "ada", access_token: "access-token" } });
    expect(response.cookies).toEqual([
      expect.stringMatching(
        /^refresh_token=YWRh\.refresh-token; Path=\/v1\/user; Max-Age=(86400|863\d\d); Secure; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(response.headers).toMatchObject({
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Credentials": "true",
    });
  },
);

test("a challenge sets no cookie", async () => {
  fakeCognito({ InitiateAuth: responds({ ChallengeName: "SMS_MFA", ChallengeParameters: {} }) });
  expect((await invoke("login", bodies.login)).cookies).toEqual([]);
});

test("renews with the cookie alone", async () => {
  const requests = fakeCognito({ InitiateAuth: signedIn({ RefreshToken: undefined }) });
  const response = await send("renew-refresh-token", wanted);
  expect(response).toMatchObject({ status: 200, body: { data: { access_token: "access-token" } } });
  expect(response.cookies).toEqual([]);
  expect(requests[1]?.input).toMatchObject({
    AuthParameters: { REFRESH_TOKEN: "refresh-token", SECRET_HASH: hashOf("ada") },
  });
});

test("with rotation, the next token replaces the cookie and lives no longer than the first", async () => {
  process.env.REFRESH_TOKEN_ROTATION = "true";
  const IdToken = idToken({ "cognito:username": "ada", auth_time: at - 80_000 });
  fakeCognito({ GetTokensFromRefreshToken: authenticated({ IdToken, RefreshToken: "next-token" }) });
  const response = await send("renew-refresh-token", wanted);
  expect(JSON.stringify(response.body)).not.toContain("next-token");
  expect(response.cookies).toEqual([
    expect.stringMatching(/^refresh_token=YWRh\.next-token; Path=\/v1\/user; Max-Age=6[34]\d\d; /),
  ]);
});

test("logout revokes the token and deletes the cookie; repeating it succeeds", async () => {
  const requests = fakeCognito({ RevokeToken: responds({}) });
  const deleted = ["refresh_token=; Path=/v1/user; Max-Age=0; Secure; HttpOnly; SameSite=Strict"];
  const first = await send("logout", wanted);
  expect([first.status, first.cookies]).toEqual([200, deleted]);
  expect(requests.at(-1)?.input).toMatchObject({ Token: "refresh-token" });
  const again = await send("logout", { "X-Requested-With": "fetch" });
  expect([again.status, again.cookies, again.body]).toEqual([200, deleted, succeeded({})]);
  fakeCognito({ RevokeToken: rejects("UnsupportedTokenTypeException") });
  expect((await send("logout", wanted)).cookies).toEqual(deleted);
});

test.each(["renew-refresh-token", "logout"])("%s needs a header that a form cannot send", async (name) => {
  const requests = fakeCognito();
  const text = "Please send the header X-Requested-With with the cookie";
  expect(await send(name, { Cookie: cookie })).toMatchObject({ status: 403, body: failed(text) });
  expect(requests).toEqual([]);
});

test.each(["login", "respond-to-challenge", "renew-refresh-token", "logout"] as const)(
  "%s takes no page of another origin",
  async (name) => {
    const requests = fakeCognito();
    const body = name === "login" || name === "respond-to-challenge" ? bodies[name] : {};
    for (const Origin of ["https://evil.example", "null", "https://app.example.evil", "http://app.example"]) {
      const response = await send(name, { ...wanted, Origin }, body);
      expect(response).toMatchObject({ status: 403, body: failed("This origin is not allowed") });
    }
    expect(requests).toEqual([]);
  },
);

test.each(["", "refresh_token=", "refresh_token=YWRh", "refresh_token=.x", "refresh_token=YWRh.", "other=YWRh.x"])(
  "the cookie %j is none",
  async (Cookie) => {
    const requests = fakeCognito();
    expect(await send("renew-refresh-token", { ...wanted, Cookie })).toMatchObject({ status: 401, body: invalid });
    expect(requests).toEqual([]);
  },
);

test.each(["renew-refresh-token", "logout"])("%s takes no token in the body", async (name) => {
  fakeCognito();
  const response = await send(name, wanted, { refresh_token: "refresh-token" });
  expect([response.status, response.body]).toEqual([
    400,
    expect.objectContaining({ message: expect.stringMatching(/^The body must hold only /) }),
  ]);
});

test("without the setting there is no cookie, and none is read", async () => {
  delete process.env.REFRESH_TOKEN_COOKIE;
  fakeCognito({ InitiateAuth: signedIn() });
  const response = await invoke("login", bodies.login, { requestContext });
  expect(response.cookies).toEqual([]);
  expect(response.body).toMatchObject({ data: { refresh_token: "refresh-token" } });
  expect(response.headers).not.toHaveProperty("Access-Control-Allow-Credentials");
  expect((await send("renew-refresh-token", wanted)).status).toBe(400);
});

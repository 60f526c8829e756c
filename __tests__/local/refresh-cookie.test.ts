/** REFRESH_TOKEN_COOKIE as a browser meets it: through the gateway's CORS, on both kinds of API. */
import { welcome } from "../../local/welcome";
import { type Client, password, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";
import { pastedTour, worked } from "../support/paste";

shareKeys();

const origin = "https://app.example";

test("the tour of npm start leaves out what needs the refresh token", async () => {
  const client = await serve(await synthesize({ REFRESH_TOKEN_COOKIE: "true" }));
  const messages = await pastedTour(client);
  expect(messages).toEqual(worked.slice(0, messages.length));
  expect(messages).toHaveLength(worked.length - 3);
});

test.each([{ MFA: "on" }, { SELF_SIGN_UP: "false" }])("with %j npm start points to the docs", async (settings) => {
  const { stack } = await serve(await synthesize(settings));
  const text = welcome(
    stack,
    [...["/user/sign-up", "/user/login"].map((path) => row("POST", path)), row("GET", "/echo")],
    { api: "http://127.0.0.1:1/v1", cognito: "http://127.0.0.1:2" },
  );
  expect(text).toContain("docs/users.md shows how users sign in with these settings.");
  expect(text).not.toContain("curl");
});

const row = (method: string, path: string) => ({ method, path, isPrivate: method === "GET", functionName: "f" });

describe.each([
  ["rest", "false"],
  ["rest", "true"],
  ["http", "false"],
  ["http", "true"],
])("API_TYPE=%s REFRESH_TOKEN_ROTATION=%s", (API_TYPE, REFRESH_TOKEN_ROTATION) => {
  let client: Client;
  beforeAll(async () => {
    const CORS_ORIGINS = `${origin},http://localhost:3000`;
    client = await serve(
      await synthesize({ API_TYPE, REFRESH_TOKEN_ROTATION, REFRESH_TOKEN_COOKIE: "true", CORS_ORIGINS }),
    );
    if (REFRESH_TOKEN_ROTATION === "false") await signedIn(client);
    else {
      await client.post("/user/sign-up", { username: "grace", password, email: "grace@example.com" });
      await client.post("/user/confirm-sign-up", { username: "grace", code: client.mails.at(-1)?.code });
    }
  });
  beforeEach(() => client.advance(2000));

  const send = async (path: string, headers: Record<string, string>, body: object = {}) => {
    const all = { "Content-Type": "application/json", ...headers };
    const response = await client.request("POST", path, all, JSON.stringify(body));
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const wanted = { Origin: origin, "X-Requested-With": "fetch" };
  /** The pair that a browser sends back. */
  const stored = (headers: Headers) => headers.getSetCookie()[0]?.split(";")[0] ?? "";

  test("signs in, renews and signs out without a page ever seeing the refresh token", async () => {
    const login = await send("/user/login", { Origin: origin }, { username: "grace", password });
    expect(login.status).toBe(200);
    expect(login.text).not.toContain("refresh_token");
    expect(login.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^refresh_token=[^;]{100,}; Path=\/v1\/user; Max-Age=\d+; Secure; HttpOnly; SameSite=None$/,
      ),
    ]);
    expect(login.headers.get("access-control-allow-origin")).toBe(origin);
    expect(login.headers.get("access-control-allow-credentials")).toBe("true");

    const first = { ...wanted, Cookie: stored(login.headers) };
    const renewed = await send("/user/renew_refresh_token", first);
    expect([renewed.status, renewed.text.includes("refresh_token")]).toEqual([200, false]);
    const rotated = stored(renewed.headers);
    expect(rotated !== "").toBe(REFRESH_TOKEN_ROTATION === "true");

    const current = { ...wanted, Cookie: rotated || first.Cookie };
    const logout = await send("/user/logout", current);
    expect([logout.status, logout.headers.getSetCookie()[0]]).toEqual([200, expect.stringContaining("Max-Age=0")]);
    expect((await send("/user/renew_refresh_token", current)).status).toBe(401);
  });

  test("a page of another origin, and a form, get nowhere with the cookie", async () => {
    const login = await send("/user/login", { Origin: origin }, { username: "grace", password });
    const Cookie = stored(login.headers);
    for (const headers of [
      { ...wanted, Origin: "https://evil.example" },
      { Origin: origin },
      { ...wanted, Origin: "null" },
    ]) {
      for (const path of ["/user/renew_refresh_token", "/user/logout"]) {
        const response = await send(path, { ...headers, Cookie });
        expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
      }
    }
    expect((await send("/user/renew_refresh_token", { ...wanted, Cookie })).status).toBe(200);
  });

  test.each([
    [origin, "true"],
    ["https://evil.example", undefined],
  ])("the preflight of %s", async (Origin, allowed) => {
    const { headers } = await client.request("OPTIONS", "/user/renew_refresh_token", {
      Origin,
      "Access-Control-Request-Method": "POST",
    });
    expect(headers.get("access-control-allow-origin")).toBe(allowed === undefined ? null : Origin);
    if (allowed === undefined) return;
    expect(headers.get("access-control-allow-credentials")).toBe("true");
    expect(headers.get("access-control-allow-headers")?.toLowerCase()).toContain("x-requested-with");
  });
});

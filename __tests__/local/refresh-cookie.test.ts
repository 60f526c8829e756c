/** REFRESH_TOKEN_COOKIE as a browser meets it: through the gateway's CORS, on both kinds of API. */
import { welcome } from "../../local/welcome";
import { type Client, grace, password, serve, shareKeys } from "../support/client";
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

const accessToken = { TOKEN_USE: "access", TOKEN_HEADER: "X-Auth" };
const existingPool = { COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" };

describe.each([
  ["rest", "false", accessToken],
  ["rest", "true", existingPool],
  ["http", "false", existingPool],
  ["http", "true", accessToken],
])("API_TYPE=%s REFRESH_TOKEN_ROTATION=%s %j", (API_TYPE, REFRESH_TOKEN_ROTATION, more) => {
  let client: Client;
  beforeAll(async () => {
    const CORS_ORIGINS = `${origin},http://localhost:3000`;
    client = await serve(
      await synthesize({ API_TYPE, REFRESH_TOKEN_ROTATION, REFRESH_TOKEN_COOKIE: "true", CORS_ORIGINS, ...more }),
    );
    await client.post("/user/sign-up", grace);
    await client.post("/user/confirm-sign-up", { username: "grace", code: client.mails.at(-1)?.code });
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

  /** What a page elsewhere can make a browser send with the cookie. */
  const forged: readonly [string, Record<string, string>][] = [
    ["another site", { ...wanted, Origin: "https://evil.example" }],
    ["a sibling subdomain", { ...wanted, Origin: "https://blog.app.example" }],
    ["the domain above", { ...wanted, Origin: "https://example" }],
    ["another scheme", { ...wanted, Origin: "http://app.example" }],
    ["another port", { ...wanted, Origin: `${origin}:8443` }],
    ["another case", { ...wanted, Origin: "https://APP.example" }],
    ["two origins", { ...wanted, Origin: `${origin}, https://evil.example` }],
    ["a sandboxed frame or a file", { ...wanted, Origin: "null" }],
    ["an empty origin", { ...wanted, Origin: "" }],
    ["the own page without the header", { Origin: origin }],
    ["the own page with an empty header", { ...wanted, "X-Requested-With": "" }],
    ["a form", { Origin: "https://evil.example", "Content-Type": "application/x-www-form-urlencoded" }],
    ["a form as text", { Origin: "https://evil.example", "Content-Type": "text/plain" }],
    ["a form of a sandboxed frame", { Origin: "null", "Content-Type": "multipart/form-data; boundary=x" }],
  ];

  test.each(forged)("the cookie is of no use to %s", async (_page, headers) => {
    const login = await send("/user/login", { Origin: origin }, { username: "grace", password });
    const Cookie = stored(login.headers);
    for (const path of ["/user/renew_refresh_token", "/user/logout"]) {
      client.advance(2000);
      const response = await send(path, { ...headers, Cookie });
      expect([403, 415]).toContain(response.status);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.text).not.toContain("_token");
    }
    client.advance(2000);
    expect((await send("/user/renew_refresh_token", { ...wanted, Cookie })).status).toBe(200);
  });

  test("a page elsewhere cannot sign its visitor in as somebody else", async () => {
    for (const Origin of ["https://evil.example", "https://blog.app.example", "null"]) {
      const response = await send("/user/login", { Origin }, { username: "grace", password });
      expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
    }
  });

  test("a cookie that a sibling subdomain adds is not taken for the API's own", async () => {
    const own = stored((await send("/user/login", { Origin: origin }, { username: "grace", password })).headers);
    client.advance(2000);
    for (const Cookie of [`refresh_token=YWRh.other; ${own}`, `${own}; refresh_token=YWRh.other`]) {
      expect((await send("/user/renew_refresh_token", { ...wanted, Cookie })).status).toBe(401);
    }
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

/** Every setting that a client can notice, on both kinds of API, from outside. */
import { existingPools } from "../../local/existing-pool";
import { readTemplate } from "../../local/template";
import { welcome } from "../../local/welcome";
import { ada, type Client, password, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";
import { paste } from "../support/paste";

shareKeys();

const apiTypes = ["rest", "http"];
const bearer = (token: string | undefined) => ({ Authorization: `Bearer ${token}` });
const serveWith = async (settings: Record<string, string>) => serve(await synthesize(settings));

describe.each(apiTypes)("API_TYPE=%s", (API_TYPE) => {
  describe.each(["id", "access"])("TOKEN_USE=%s", (TOKEN_USE) => {
    let client: Client;
    let tokens: Record<string, string>;
    beforeAll(async () => {
      client = await serveWith({ API_TYPE, TOKEN_USE });
      tokens = await signedIn(client);
    });
    beforeEach(() => client.advance(2000));
    const [right, wrong] = TOKEN_USE === "id" ? ["id_token", "access_token"] : ["access_token", "id_token"];

    test("opens every private route to that token", async () => {
      for (const path of ["/echo", "/hello"]) {
        const { status, body } = await client.get(path, bearer(tokens[right]));
        expect([status, body.data.token_use]).toEqual([200, TOKEN_USE]);
      }
      const own = await client.post("/user/test-user", { username: "ada" }, bearer(tokens[right]));
      expect(own.body.data).toEqual(expect.arrayContaining([{ Name: "email", Value: "ada@example.com" }]));
    });

    test("refuses the other one, and none, on every private route", async () => {
      for (const headers of [bearer(tokens[wrong]), {}]) {
        for (const path of ["/echo", "/hello"]) expect([401, 403]).toContain((await client.get(path, headers)).status);
        const { status } = await client.post("/user/test-user", { username: "ada" }, headers);
        expect([401, 403]).toContain(status);
      }
    });

    test("handlers say what is wrong with a body, whether or not the gateway has models", async () => {
      const send = async (body: string, type = "application/json") =>
        (await client.request("POST", "/user/login", { "Content-Type": type }, body)).status;
      expect(await send("[]")).toBe(400);
      expect(await send('{"username":1,"password":"x"}')).toBe(400);
      expect(await send('{"username":"a","password":"x"}', "text/plain")).toBe(415);
      expect(await send(JSON.stringify({ username: "a", password: "x".repeat(17_000) }), "text/plain")).toBe(413);
      expect((await client.post("/user/login", { username: "ada" })).body.message).toBe(
        "Please provide password to log in",
      );
    });
  });

  test("TOKEN_HEADER: takes the token there, lets pages send it, and takes it nowhere else", async () => {
    const client = await serveWith({ API_TYPE, TOKEN_HEADER: "token" });
    const { id_token } = await signedIn(client);
    expect((await client.get("/echo", { token: String(id_token) })).status).toBe(200);
    expect((await client.get("/echo", bearer(id_token))).status).toBe(401);
    const preflight = await client.request("OPTIONS", "/echo", {
      Origin: "http://localhost:3000",
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "token",
    });
    expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase().split(",")).toContain("token");
  });

  describe("CORS_ORIGINS", () => {
    const [first, second] = ["https://a.example", "https://b.example:8443"];
    let client: Client;
    beforeAll(async () => {
      client = await serveWith({
        API_TYPE,
        CORS_ORIGINS: `${first},${second}`,
        THROTTLE_RATE: "1",
        THROTTLE_BURST: "2",
      });
    });
    beforeEach(() => client.advance(10_000));
    const preflight = (Origin: string) =>
      client.request("OPTIONS", "/user/login", { Origin, "Access-Control-Request-Method": "POST" });

    test.each([first, second])("answers a preflight of %s with that origin and Vary", async (origin) => {
      const { status, headers } = await preflight(String(origin));
      expect([status, headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([
        204,
        origin,
        "Origin",
      ]);
    });
    test.each([`${first}.evil`, "https://A.example", "http://a.example", `${first}:443`, "null", second?.slice(0, -1)])(
      "answers a preflight of %s with none",
      async (origin) => {
        const { headers } = await preflight(String(origin));
        expect(headers.get("access-control-allow-origin")).toBeNull();
      },
    );
    test("lets each listed origin read what the gateway itself answers: 401, 429, an unknown path", async () => {
      for (const Origin of [first, second] as string[]) {
        client.advance(10_000);
        const readable = async (path: string) => {
          const { status, headers } = await client.get(path, { Origin });
          expect([Origin, "*"]).toContain(headers.get("access-control-allow-origin"));
          return status;
        };
        expect(await readable("/echo")).toBe(401);
        expect(await readable("/echo")).toBe(401);
        expect(await readable("/echo")).toBe(429);
        expect([403, 404]).toContain(await readable("/nothing"));
      }
    });
  });

  test("REFRESH_TOKEN_ROTATION: returns a new refresh token; the old one is refused after its grace", async () => {
    const client = await serveWith({ API_TYPE, REFRESH_TOKEN_ROTATION: "true" });
    const { refresh_token } = await signedIn(client);
    const renew = (token: unknown) =>
      client.post("/user/renew_refresh_token", { username: "ada", refresh_token: token });
    const { status, body } = await renew(refresh_token);
    expect(status).toBe(200);
    expect(body.data.refresh_token).not.toBe(refresh_token);
    client.advance(31_000);
    expect((await renew(refresh_token)).status).toBe(401);
  });

  describe.each(["username", "email"] as const)("an existing pool, COGNITO_SIGN_IN=%s", (signIn) => {
    const user = { ...ada, username: signIn === "email" ? ada.email : "ada" };
    let folder: string;
    let client: Client;
    beforeAll(async () => {
      folder = await synthesize({ API_TYPE, COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" });
      client = await serve(folder, {}, existingPools[signIn]);
    });

    test("goes all the way, the refresh with its secret hash included", async () => {
      await client.post("/user/sign-up", user);
      await client.post("/user/confirm-sign-up", { username: user.username, code: client.mails.at(-1)?.code });
      const { data } = (await client.post("/user/login", { username: user.username, password })).body;
      expect(data.username).toMatch(signIn === "email" ? /^[\da-f-]{36}$/ : /^ada$/);
      const { username = "", refresh_token, id_token } = data;
      expect((await client.get("/hello", bearer(id_token))).status).toBe(200);
      expect((await client.post("/user/test-user", { username }, bearer(id_token))).status).toBe(200);
      expect((await client.post("/user/renew_refresh_token", { username, refresh_token })).status).toBe(200);
      expect((await client.post("/user/logout", { refresh_token })).status).toBe(200);
    });

    test("takes for a user name what that pool takes", async () => {
      const name = signIn === "email" ? "grace" : "grace@example.com";
      const { status } = await client.post("/user/sign-up", { ...ada, username: name, email: "grace@example.com" });
      expect(status).toBe(signIn === "username" ? 200 : 400);
      const byEmail = await client.post("/user/login", { username: ada.email, password });
      expect(byEmail.status).toBe(signIn === "username" ? 401 : 200);
    });
  });
});

const refused = "Invalid refresh token or username is incorrect or Refresh Token has been revoked";

test.each([
  [{ API_TYPE: "http" }],
  [{ API_TYPE: "http", TOKEN_USE: "access", TOKEN_HEADER: "X-Auth", REFRESH_TOKEN_ROTATION: "true" }],
  [{ API_TYPE: "rest", COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" }],
])("prints a tour that works when pasted, with %j", async (settings: Record<string, string>) => {
  const existingPool = existingPools.email;
  const folder = await synthesize(settings);
  const { local } = await serve(folder, {}, existingPool);
  const places = { api: `${local.apiUrl}/v1`, cognito: local.cognitoUrl };
  const text = welcome(readTemplate(folder), places, existingPool);
  expect(text).toMatch(/^GET +\/hello +private +cognito-api-dev-echo$/m);
  expect(text).toMatch(/^POST +\/user\/login +public +cognito-api-dev-login$/m);
  const pasted = await paste(
    text
      .split("\n")
      .filter((line) => line.startsWith("  "))
      .join("\n"),
  );
  const messages = [...pasted.matchAll(/"message":"([^"]*)"/g)].map(([, message]) => message);
  expect(messages).toEqual([...Array(3).fill("success"), "Unauthorized", ...Array(3).fill("success"), refused]);
});

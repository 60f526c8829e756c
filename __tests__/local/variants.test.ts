/** Every setting that a client can notice, on both kinds of API, from outside. */
import { existingPools } from "../../local/cognito/existing-pool";
import { type Client, grace, password, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";
import { pastedTour, worked } from "../support/paste";

shareKeys();

const apiTypes = ["rest", "http"];
const bearer = (token: string | undefined) => ({ Authorization: `Bearer ${token}` });
const serveWith = async (settings: Record<string, string>) => serve(await synthesize(settings));

describe.each(apiTypes)("API_TYPE=%s", (API_TYPE) => {
  describe.each(["id", "access"])("TOKEN_USE=%s", (TOKEN_USE) => {
    let client: Client;
    let tokens: Awaited<ReturnType<typeof signedIn>>;
    beforeAll(async () => {
      client = await serveWith({ API_TYPE, TOKEN_USE });
      tokens = await signedIn(client);
    });
    beforeEach(() => client.advance(2000));
    const [right, wrong] =
      TOKEN_USE === "id" ? (["id_token", "access_token"] as const) : (["access_token", "id_token"] as const);

    test("opens every private route to that token", async () => {
      for (const path of ["/echo", "/hello"]) {
        const { status, body } = await client.get(path, bearer(tokens[right]));
        expect([status, body.data.token_use]).toEqual([200, TOKEN_USE]);
      }
      const own = await client.post("/user/test-user", { username: "grace" }, bearer(tokens[right]));
      expect(own.body.data).toEqual(expect.arrayContaining([{ Name: "email", Value: grace.email }]));
    });

    test("rejects the other one, and none, on every private route", async () => {
      for (const headers of [bearer(tokens[wrong]), {}]) {
        for (const path of ["/echo", "/hello"]) expect([401, 403]).toContain((await client.get(path, headers)).status);
        const { status } = await client.post("/user/test-user", { username: "grace" }, headers);
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

  describe("TOKEN_USE=access, TOKEN_HEADER and REFRESH_TOKEN_ROTATION together", () => {
    let client: Client;
    let tokens: Awaited<ReturnType<typeof signedIn>>;
    beforeAll(async () => {
      client = await serveWith({
        API_TYPE,
        TOKEN_USE: "access",
        TOKEN_HEADER: "X-Auth",
        REFRESH_TOKEN_ROTATION: "true",
      });
      tokens = await signedIn(client);
    });
    beforeEach(() => client.advance(2000));

    test("takes the token there, lets pages send it, and takes it nowhere else", async () => {
      const { access_token } = tokens;
      expect((await client.get("/echo", { "X-Auth": access_token })).status).toBe(200);
      expect((await client.get("/echo", bearer(access_token))).status).toBe(401);
      const preflight = await client.request("OPTIONS", "/echo", {
        Origin: "http://localhost:3000",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "x-auth",
      });
      expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase().split(",")).toContain("x-auth");
    });

    test("returns a new refresh token; the old one is rejected after its grace period", async () => {
      const { refresh_token } = tokens;
      const renew = () => client.post("/user/renew_refresh_token", { username: "grace", refresh_token });
      const { status, body } = await renew();
      expect(status).toBe(200);
      expect(body.data.refresh_token).not.toBe(refresh_token);
      client.advance(31_000);
      expect((await renew()).status).toBe(401);
    });

    test("prints a tour that works when pasted", async () => {
      expect(await pastedTour(client)).toEqual(worked);
    });
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

    test.each([first, second])("responds to a preflight of %s with that origin and Vary", async (origin) => {
      const { status, headers } = await preflight(String(origin));
      expect([status, headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([
        204,
        origin,
        "Origin",
      ]);
    });
    test.each([`${first}.evil`, "https://A.example", "http://a.example", `${first}:443`, "null", second?.slice(0, -1)])(
      "responds to a preflight of %s with none",
      async (origin) => {
        const { headers } = await preflight(String(origin));
        expect(headers.get("access-control-allow-origin")).toBeNull();
      },
    );
    test("lets each listed origin read the gateway's own responses: 401, 429, an unknown path", async () => {
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

  describe.each(["username", "email"] as const)("an existing pool, COGNITO_SIGN_IN=%s", (signIn) => {
    const user = { ...grace, username: signIn === "email" ? grace.email : "grace" };
    let client: Client;
    beforeAll(async () => {
      const folder = await synthesize({ API_TYPE, COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" });
      client = await serve(folder, {}, existingPools[signIn]);
    });

    test("goes all the way, the refresh with its secret hash included", async () => {
      await client.post("/user/sign-up", user);
      await client.post("/user/confirm-sign-up", { username: user.username, code: client.mails.at(-1)?.code });
      const { data } = (await client.post("/user/login", { username: user.username, password })).body;
      expect(data.username).toMatch(signIn === "email" ? /^[\da-f-]{36}$/ : /^grace$/);
      const { username = "", refresh_token, id_token } = data;
      expect((await client.get("/hello", bearer(id_token))).status).toBe(200);
      expect((await client.post("/user/test-user", { username }, bearer(id_token))).status).toBe(200);
      expect((await client.post("/user/renew_refresh_token", { username, refresh_token })).status).toBe(200);
      expect((await client.post("/user/logout", { refresh_token })).status).toBe(200);
    });

    test("takes for a user name what that pool takes", async () => {
      const name = signIn === "email" ? "bob" : "bob@example.com";
      const { status } = await client.post("/user/sign-up", { ...user, username: name, email: "bob@example.com" });
      expect(status).toBe(signIn === "username" ? 200 : 400);
      const byEmail = await client.post("/user/login", { username: grace.email, password });
      expect(byEmail.status).toBe(signIn === "username" ? 401 : 200);
    });

    // A tour differs by its user name here, whatever the kind of API.
    if (API_TYPE === "http" && signIn === "email") {
      test("prints a tour that works when pasted", async () => {
        expect(await pastedTour(client, existingPools.email)).toEqual(worked);
      });
    }
  });
});

/** What users do with their account and their second factor, over the API, as it is served. */
import { appCode } from "../support/authenticator-app";
import { type Client, grace, password, type Reply, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

type Tokens = Awaited<ReturnType<typeof signedIn>>;

async function start(settings: Record<string, string>) {
  const client = await serve(await synthesize(settings));
  const began = Date.now();
  let moved = 0;
  const advance = (milliseconds: number) => {
    moved += milliseconds;
    client.advance(milliseconds);
  };
  const code = (secret: unknown, steps = 0) => appCode(String(secret), began + moved + steps * 30_000);
  return { client, advance, code };
}

const login = (client: Client, more: object = {}) =>
  client.post("/user/login", { username: "grace", password, ...more });
const respond = ({ body: { data } }: Reply, client: Client, responses: object) =>
  client.post("/user/login/challenge", {
    username: data.username,
    session: data.session,
    challenge_name: data.challenge_name,
    responses,
  });
const names = (reply: Reply) => Object.keys(reply.body.data ?? {});

describe.each([
  ["rest", "id"],
  ["rest", "access"],
  ["http", "id"],
  ["http", "access"],
])("API_TYPE=%s TOKEN_USE=%s", (API_TYPE, TOKEN_USE) => {
  /** Sends the caller's tokens as this API wants them. */
  const as =
    (client: Client, tokens: Tokens) =>
    async (method: string, path: string, body: object = {}) => {
      const headers = {
        Authorization: `Bearer ${TOKEN_USE === "id" ? tokens.id_token : tokens.access_token}`,
        "Content-Type": "application/json",
      };
      const own = TOKEN_USE === "id" ? { access_token: tokens.access_token } : {};
      const response = await client.request(method, path, headers, JSON.stringify({ ...body, ...own }));
      return { status: response.status, body: (await response.json()) as Reply["body"] };
    };

  test("a second factor is turned on, asked for, and turned off", async () => {
    const { client, advance, code } = await start({ API_TYPE, TOKEN_USE, MFA: "optional" });
    const call = as(client, await signedIn(client));
    const { body } = await call("POST", "/user/mfa");
    const { secret_code: secret, otpauth_url: url } = body.data;
    expect(url).toBe(`otpauth://totp/cognito-api-dev:grace?secret=${secret}&issuer=cognito-api-dev`);
    expect((await call("POST", "/user/mfa/confirm", { code: code(secret, 4) })).status).toBe(400);
    expect((await call("POST", "/user/mfa/confirm", { code: code(secret) })).status).toBe(200);
    advance(60_000);
    const challenge = await login(client, { username: grace.email });
    expect(challenge.body.data).toMatchObject({ challenge_name: "SOFTWARE_TOKEN_MFA", username: "grace" });
    expect(names(challenge)).not.toContain("id_token");
    const send = (text: string) => respond(challenge, client, { SOFTWARE_TOKEN_MFA_CODE: text });
    expect((await send(code(secret, 2))).status).toBe(400);
    expect(names(await send(code(secret, -1)))).toContain("id_token");
    expect((await call("DELETE", "/user/mfa")).status).toBe(200);
    advance(2000);
    expect(names(await login(client))).toContain("id_token");
  });

  test("password, sessions and account are the user's own", async () => {
    const { client, advance } = await start({ API_TYPE, TOKEN_USE });
    const tokens = await signedIn(client);
    const call = as(client, tokens);
    const changed = "Another-Horse-8-Battery";
    const change = (previous_password: string) =>
      call("POST", "/user/change-password", { previous_password, proposed_password: changed });
    expect((await change("Wrong-Horse-1-Battery")).status).toBe(400);
    expect((await change(password)).status).toBe(200);
    expect((await login(client)).status).toBe(401);
    const renew = () =>
      client.post("/user/renew_refresh_token", { username: "grace", refresh_token: tokens.refresh_token });
    expect((await renew()).status).toBe(200);
    expect((await call("POST", "/user/sign-out-everywhere")).status).toBe(200);
    expect((await renew()).status).toBe(401);
    expect((await call("DELETE", "/user")).status).toBe(401);
    advance(2000);
    const { body } = await login(client, { password: changed });
    expect((await as(client, body.data as unknown as Tokens)("DELETE", "/user")).status).toBe(200);
    expect((await login(client, { password: changed })).status).toBe(401);
  });

  test("MFA=on: a user who has none sets it up to sign in", async () => {
    const { client, advance, code } = await start({ API_TYPE, TOKEN_USE, MFA: "on" });
    await client.post("/user/sign-up", grace);
    await client.post("/user/confirm-sign-up", { username: "grace", code: client.mails.at(-1)?.code });
    const challenge = await login(client);
    expect(challenge.body.data.challenge_name).toBe("MFA_SETUP");
    const { secret_code: secret } = challenge.body.data.challenge_parameters as unknown as Record<string, string>;
    const send = (text: string) => respond(challenge, client, { SOFTWARE_TOKEN_MFA_CODE: text });
    expect((await send(code(secret, 3))).status).toBe(400);
    expect(names(await send(code(secret)))).toContain("id_token");
    advance(60_000);
    const next = await login(client);
    expect(next.body.data.challenge_name).toBe("SOFTWARE_TOKEN_MFA");
    expect(names(await respond(next, client, { SOFTWARE_TOKEN_MFA_CODE: code(secret) }))).toContain("id_token");
  });
});

test("another user's access token does nothing beside one's own id token", async () => {
  const { client } = await start({});
  const tokens = await signedIn(client);
  const mallory = { username: "mallory", password, email: "mallory@example.com" };
  await client.post("/user/sign-up", mallory);
  await client.post("/user/confirm-sign-up", { username: "mallory", code: client.mails.at(-1)?.code });
  const { body } = await login(client, { username: "mallory" });
  const headers = { Authorization: `Bearer ${body.data.id_token}`, "Content-Type": "application/json" };
  const stolen = JSON.stringify({ access_token: tokens.access_token });
  expect((await client.request("DELETE", "/user", headers, stolen)).status).toBe(400);
  expect((await login(client)).status).toBe(200);
});

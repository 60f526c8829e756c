/** MFA_EMAIL: a code in a mail as second factor, through the API. */
import { codeOf } from "../../local/cognito/totp";
import { type Client, grace, password, serve, shareKeys } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

const settings = { MFA_EMAIL: "on", EMAIL_FROM: "no-reply@example.com" };
const wrong = { EMAIL_OTP_CODE: "000000" };

const served = async (more: Record<string, string>) => {
  const client = await serve(await synthesize({ ...settings, ...more }));
  await client.post("/user/sign-up", grace);
  client.advance(2000);
  await client.post("/user/confirm-sign-up", { username: "grace", code: client.mails.at(-1)?.code });
  return client;
};

const login = async (client: Client) => {
  client.advance(2000);
  return (await client.post("/user/login", { username: grace.email, password })).body.data;
};

const respond = async (client: Client, challenge: Readonly<Record<string, string>>, responses: object) => {
  client.advance(2000);
  const { challenge_name, session, username } = challenge;
  return client.post("/user/login/challenge", { challenge_name, session, username, responses });
};

describe.each(["rest", "http"])("API_TYPE=%s", (API_TYPE) => {
  test("a user turns it on, signs in with the code of the mail, and turns it off", async () => {
    const client = await served({ API_TYPE, MFA: "optional" });
    const { id_token, access_token } = await login(client);
    const authorized = { Authorization: `Bearer ${id_token}` };
    expect((await client.post("/user/mfa", { method: "email", access_token }, authorized)).status).toBe(200);
    const challenge = await login(client);
    expect(challenge).toMatchObject({ challenge_name: "EMAIL_OTP", username: "grace" });
    expect(challenge.challenge_parameters).toMatchObject({ CODE_DELIVERY_DESTINATION: "g***@e***" });
    expect((await respond(client, challenge, wrong)).status).toBe(400);
    const right = { EMAIL_OTP_CODE: client.mails.at(-1)?.code };
    expect((await respond(client, challenge, right)).body.data.id_token).toBeDefined();
    expect((await respond(client, challenge, right)).status).toBe(401);

    const body = JSON.stringify({ access_token });
    const headers = { ...authorized, "Content-Type": "application/json" };
    expect((await client.request("DELETE", "/user/mfa", headers, body)).status).toBe(200);
    expect((await login(client)).id_token).toBeDefined();
  });
});

test("of five wrong codes in an hour the next right one is not taken", async () => {
  const client = await served({ MFA: "on" });
  const challenge = await login(client);
  const { code } = client.mails.at(-1) ?? {};
  for (let attempt = 0; attempt < 5; attempt++) expect((await respond(client, challenge, wrong)).status).toBe(400);
  expect((await respond(client, challenge, { EMAIL_OTP_CODE: code })).status).toBe(429);
});

test("where a second factor is required, the mail is one from the first login on", async () => {
  const client = await served({ MFA: "on" });
  const challenge = await login(client);
  expect(challenge.challenge_name).toBe("EMAIL_OTP");
  const { data } = (await respond(client, challenge, { EMAIL_OTP_CODE: client.mails.at(-1)?.code })).body;
  expect(data.id_token).toBeDefined();
});

test("a user with an app and the mail chooses at each login", async () => {
  const client = await served({ MFA: "optional" });
  const { id_token, access_token } = await login(client);
  const post = async (path: string, body: object) =>
    (await client.post(path, { ...body, access_token }, { Authorization: `Bearer ${id_token}` })).body.data;
  await post("/user/mfa", { method: "email" });
  const { secret_code = "" } = await post("/user/mfa", {});
  const code = () => codeOf(secret_code, Math.floor(client.now() / 30_000));
  await post("/user/mfa/confirm", { code: code() });
  for (const ANSWER of ["EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]) {
    client.advance(60_000);
    const choice = await login(client);
    expect(choice.challenge_name).toBe("SELECT_MFA_TYPE");
    const chosen = (await respond(client, choice, { ANSWER })).body.data;
    expect(chosen.challenge_name).toBe(ANSWER);
    const mailed = client.mails.at(-1)?.code;
    const responses = ANSWER === "EMAIL_OTP" ? { EMAIL_OTP_CODE: mailed } : { SOFTWARE_TOKEN_MFA_CODE: code() };
    expect((await respond(client, chosen, responses)).body.data.id_token).toBeDefined();
  }
});

test("an account whose second factor is the mail is not recovered by mail", async () => {
  const client = await served({ MFA: "optional" });
  const { id_token, access_token } = await login(client);
  const forgot = async () => {
    client.advance(2000);
    const { status } = await client.post("/user/forgot-password", { username: "grace" });
    return [status, client.mails.at(-1)?.purpose];
  };
  const purpose = "password reset";
  await client.post("/user/mfa", { method: "email", access_token }, { Authorization: `Bearer ${id_token}` });
  expect(await forgot()).toEqual([200, expect.not.stringContaining(purpose)]);
  await client.request(
    "DELETE",
    "/user/mfa",
    { Authorization: `Bearer ${id_token}`, "Content-Type": "application/json" },
    JSON.stringify({ access_token }),
  );
  expect(await forgot()).toEqual([200, purpose]);
});

/** Codes of an authenticator app that are not the current one, through the API. */
import { appCode } from "../support/authenticator-app";
import { type Client, password, type Reply, serve, shareKeys } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

/** A user with a second factor. */
interface Person {
  readonly username: string;
  readonly secret: string;
}

async function person(client: Client, username: string): Promise<Person> {
  await client.post("/user/sign-up", { username, password, email: `${username}@example.com` });
  client.advance(2000);
  await client.post("/user/confirm-sign-up", { username, code: client.mails.at(-1)?.code });
  const { data } = (await client.post("/user/login", { username, password })).body;
  const headers = { Authorization: `Bearer ${data.id_token}` };
  const own = { access_token: data.access_token };
  const { secret_code: secret = "" } = (await client.post("/user/mfa", own, headers)).body.data;
  await client.post("/user/mfa/confirm", { ...own, code: appCode(secret, client.now()) }, headers);
  client.advance(120_000);
  return { username, secret };
}

describe.each(["rest", "http"])("API_TYPE=%s", (API_TYPE) => {
  let client: Client;
  let grace: Person;
  let eve: Person;
  beforeAll(async () => {
    client = await serve(await synthesize({ API_TYPE, MFA: "optional" }));
    grace = await person(client, "grace");
    eve = await person(client, "eve");
  });
  beforeEach(() => client.advance(3_600_000));

  const challenge = async ({ username }: Person) => {
    client.advance(2000);
    return (await client.post("/user/login", { username, password })).body.data;
  };
  const send = (data: Readonly<Record<string, string>>, code: string, username = data.username): Promise<Reply> => {
    client.advance(200);
    const { challenge_name, session } = data;
    const responses = { SOFTWARE_TOKEN_MFA_CODE: code };
    return client.post("/user/login/challenge", { username, session, challenge_name, responses });
  };
  const code = ({ secret }: Person, steps = 0) => appCode(secret, client.now() + steps * 30_000);
  const wrong = (of: Person) => String((Number(code(of)) + 7) % 1_000_000).padStart(6, "0");

  test.each([
    [-2, 400],
    [-1, 200],
    [0, 200],
    [1, 200],
    [2, 400],
  ])("a code %i steps off gets %i", async (steps, status) => {
    expect((await send(await challenge(grace), code(grace, steps))).status).toBe(status);
  });

  test("a code works once, in whatever session", async () => {
    const used = code(grace);
    expect((await send(await challenge(grace), used)).status).toBe(200);
    const { status, body } = await send(await challenge(grace), used);
    expect([status, body.message]).toEqual([400, "Expired or used code"]);
  });

  test("five wrong codes end the session, and the right one must wait", async () => {
    const open = await challenge(grace);
    for (let guess = 0; guess < 5; guess++) expect((await send(open, wrong(grace))).status).toBe(400);
    expect((await send(open, code(grace))).status).toBe(401);
    client.advance(60_000);
    expect((await send(open, code(grace))).status).toBe(401);
    expect((await send(await challenge(grace), code(grace))).status).toBe(200);
  });

  test("neither the code nor the name of another user helps", async () => {
    const open = await challenge(grace);
    expect((await send(open, code(eve))).status).toBe(400);
    expect((await send(open, code(eve), "eve")).status).toBe(401);
    expect((await send(open, code(grace), "eve")).status).toBe(401);
    expect((await send(open, code(grace))).status).toBe(200);
  });

  test.each(["12345", "1234567", "abcdef", "", "١٢٣٤٥٦"])("%j is no code", async (text) => {
    expect((await send(await challenge(grace), text)).status).toBe(400);
  });
});

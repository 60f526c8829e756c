/** Pairs of requests that differ only in whether a user exists, or in the user's state: the responses must not differ. */
import { ada, type Client, grace, password, type Reply, serve, shareKeys } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

const pool = (client: Client) => client.stack.resources("aws_cognito_user_pool")[0]?.values.id;
const user = (name: string) => ({ username: name, password, email: `${name}@example.com` });

/** `grace` is confirmed, `eve` is not, `dora` is disabled, `rita` has a temporary password; `nobody` does not exist. */
const names = ["grace", "grace@example.com", "eve", "eve@example.com", "dora", "rita", "nobody", "nobody@example.com"];

async function withUsers(API_TYPE: string): Promise<Client> {
  const client = await serve(await synthesize({ API_TYPE }));
  const UserPoolId = pool(client);
  for (const one of [grace, user("dora"), user("eve")]) {
    await client.post("/user/sign-up", one);
    client.advance(2000);
    if (one.username !== "eve") {
      await client.post("/user/confirm-sign-up", { username: one.username, code: client.mails.at(-1)?.code });
    }
  }
  await client.cognito("AdminDisableUser", { UserPoolId, Username: "dora" });
  await client.cognito("AdminCreateUser", {
    UserPoolId,
    Username: "rita",
    UserAttributes: [{ Name: "email", Value: "rita@example.com" }],
  });
  return client;
}

/** What a caller sees, without what differs between any two requests. */
function seen({ status, headers, body }: Reply): string {
  const changing = ["date", "x-amzn-requestid", "x-amz-apigw-id", "apigw-requestid", "x-amzn-trace-id"];
  return JSON.stringify([status, [...headers].filter(([name]) => !changing.includes(name)), body]);
}

const requests: readonly [string, (username: string) => object][] = [
  ["/user/login", (username) => ({ username, password: "Wrong-Password-1" })],
  ["/user/login", (username) => ({ username, password: "x" })],
  ["/user/confirm-sign-up", (username) => ({ username, code: "000000" })],
  ["/user/resend-code", (username) => ({ username })],
  ["/user/forgot-password", (username) => ({ username })],
  ["/user/confirm-forgot-password", (username) => ({ username, code: "000000", password: "Correct-Horse-8-Battery" })],
  ["/user/confirm-forgot-password", (username) => ({ username, code: "000000", password: "weak" })],
  ["/user/renew_refresh_token", (username) => ({ username, refresh_token: "a.b.c.d.e" })],
  ...(["SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED"] as const).map(
    (challenge_name): [string, (username: string) => object] => [
      "/user/login/challenge",
      (username) => ({
        username,
        session: "a-session-that-nobody-was-given",
        challenge_name,
        responses:
          challenge_name === "SOFTWARE_TOKEN_MFA"
            ? { SOFTWARE_TOKEN_MFA_CODE: "000000" }
            : { NEW_PASSWORD: "Correct-Horse-8-Battery" },
      }),
    ],
  ),
];

/** More than Cognito's limits per hour: 20 mails, 5 wrong codes. Functions and Cognito are the same behind an HTTP API. */
const attemptsOf = (path: string, apiType: string) => {
  if (apiType === "http") return 1;
  return /resend|forgot-password$/.test(path) && !path.includes("confirm") ? 22 : 7;
};

describe.each(["rest", "http"])("API_TYPE=%s", (API_TYPE) => {
  let client: Client;
  beforeAll(async () => {
    client = await withUsers(API_TYPE);
  });

  test.each(requests)("%s responds alike to every stranger, however often (%#)", async (path, body) => {
    const responses = new Map<string, string[]>();
    for (const name of names) {
      for (let attempt = 0; attempt < attemptsOf(path, API_TYPE); attempt++) {
        client.advance(1000);
        const text = seen(await client.post(path, body(name)));
        responses.set(text, [...(responses.get(text) ?? []), name]);
      }
    }
    expect([...responses.keys()]).toHaveLength(1);
    expect([...responses.keys()][0]).toMatch(/^\[(200|400|401),/);
  });
});

describe("an address that another account has confirmed", () => {
  test("is not told without the code, and the right code gets the same response", async () => {
    const client = await serve(await synthesize());
    for (const name of ["ada", "ada2"]) {
      await client.post("/user/sign-up", { ...ada, username: name });
      client.advance(2000);
    }
    const [first, second] = client.mails.map(({ code }) => code);
    expect((await client.post("/user/confirm-sign-up", { username: "ada", code: first })).status).toBe(200);
    const taken = await client.post("/user/confirm-sign-up", { username: "ada2", code: "000000" });
    const unknown = await client.post("/user/confirm-sign-up", { username: "nobody", code: "000000" });
    const right = await client.post("/user/confirm-sign-up", { username: "ada2", code: second });
    expect(taken.body).toEqual(unknown.body);
    expect(right.body).toEqual(unknown.body);
    expect(taken.body.message).toContain("an email that another account has confirmed");
  });
});

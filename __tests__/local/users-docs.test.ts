/** The first two ways to sign in of docs/users.md, run as they are printed. The third needs a library that is not installed here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { appCode } from "../support/authenticator-app";
import { type Client, grace, serve, shareKeys } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

const page = readFileSync(join(__dirname, "..", "..", "docs", "users.md"), "utf8");
const [throughTheApi = "", withACookie = ""] = [...page.matchAll(/```js\n(.*?)```/gs)].map(([, code = ""]) => code);

type Ask = (challenge: string, session: Record<string, Record<string, string>>) => object;
type Page = (
  api: string,
  username: string,
  password: string,
  ask: Ask,
  fetch: typeof globalThis.fetch,
) => Promise<Record<"me" | "session" | "data", never>>;

const AsyncFunction = (async () => {}).constructor as new (...code: string[]) => Page;
/** @param results names of the page's variables to return */
const script = (code: string, results: string) =>
  new AsyncFunction("API", "username", "password", "ask", "fetch", `${code}\nreturn { ${results} };`);

async function signedUp(settings: Record<string, string>): Promise<Client> {
  const client = await serve(await synthesize(settings));
  await client.post("/user/sign-up", grace);
  client.advance(2000);
  await client.post("/user/confirm-sign-up", { username: "grace", code: client.mails.at(-1)?.code });
  return client;
}

const run = (client: Client, page: Page, fetch = globalThis.fetch) => {
  let secret = "";
  const ask = (challenge: string) => {
    if (challenge === "MFA_SETUP") secret = shown.secret_code ?? "";
    client.advance(60_000);
    return { SOFTWARE_TOKEN_MFA_CODE: appCode(secret, client.now()) };
  };
  // What the page shows: the secret of the last response.
  let shown: Record<string, string> = {};
  const watching: typeof fetch = async (input, init) => {
    client.advance(2000);
    const response = await fetch(input, init);
    const { data } = (await response.clone().json()) as { data?: Record<string, typeof shown> };
    shown = data?.challenge_parameters ?? shown;
    return response;
  };
  return page(`${client.local.apiUrl}/v1`, grace.username, grace.password, ask, watching);
};

/** Without a challenge, with rotation, and with the set-up of a second factor. */
const chosen: readonly Record<string, string>[] = [
  {},
  { API_TYPE: "http", REFRESH_TOKEN_ROTATION: "true" },
  { MFA: "on" },
];

describe.each(chosen)("through the API: %j", (settings) => {
  test("signs in, reads and renews", async () => {
    const client = await signedUp(settings);
    const { me, session } = await run(client, script(throughTheApi, "me, session"));
    expect(me).toMatchObject({ status: 200 });
    expect(session).toMatchObject({ username: "grace", refresh_token: expect.any(String) });
  });
});

/** Keeps cookies and sends the origin, as a browser does. */
function browser(): typeof fetch {
  let stored = "";
  return async (input, init = {}) => {
    const headers = { ...(init.headers as Record<string, string>), Origin: "http://localhost:3000", Cookie: stored };
    const response = await fetch(input, { ...init, headers });
    const [cookie] = response.headers.getSetCookie();
    if (cookie && init.credentials === "include") stored = /Max-Age=0/.test(cookie) ? "" : (cookie.split(";")[0] ?? "");
    return response;
  };
}

test.each([{}, { API_TYPE: "http", REFRESH_TOKEN_ROTATION: "true" }])("with a cookie: %j", async (settings) => {
  const client = await signedUp({ REFRESH_TOKEN_COOKIE: "true", ...settings });
  const visitor = browser();
  const stay = script(withACookie.replace(/^await withCookie\("\/user\/logout".*\n/m, ""), "me, data");
  const { me, data } = await run(client, stay, visitor);
  expect([me, data]).toMatchObject([{ status: 200 }, { username: "grace" }]);
  // After a reload: the cookie alone renews the session, until the page logs out.
  const reloaded = await run(client, script(withACookie, "me, data"), visitor);
  expect(reloaded).toMatchObject({ me: { status: 200 } });
  expect(reloaded.data).not.toHaveProperty("username");
  expect((await run(client, stay, visitor)).data).toHaveProperty("username");
});

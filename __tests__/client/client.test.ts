/** The client against the local API. */
import { ApiError, createClient } from "../../client/client";
import type { Rows } from "../../routes";
import { grace, type Client as LocalClient, password, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";

shareKeys();

let local: LocalClient;
beforeAll(async () => {
  local = await serve(await synthesize());
  await signedIn(local); // creates grace
});
beforeEach(() => local.advance(2000));

const client = (options: object = {}) => createClient<Rows>({ baseUrl: `${local.local.apiUrl}/v1`, ...options });
const signedInClient = async (options: object = {}) => {
  const api = client(options);
  expect(await api.signIn({ username: "grace", password })).toBeUndefined();
  return api;
};

test("signs up, confirms, signs in and reads the token's claims", async () => {
  const api = client();
  const ada = { username: "ada", password, email: "ada@example.com" };
  expect(await api.request("POST /user/sign-up", { body: ada })).toMatchObject({
    username: "ada",
    user_confirmed: false,
  });
  const code = local.mails.at(-1)?.code ?? "";
  await api.request("POST /user/confirm-sign-up", { body: { username: "ada", code } });
  expect(await api.signIn({ username: "ada", password })).toBeUndefined();
  expect(await api.request("GET /echo")).toMatchObject({ "cognito:username": "ada", token_use: "id" });
  expect(api.session()).toMatchObject({ username: "ada", refresh_token: expect.any(String) });
});

test("sends path, query and body, and returns the data", async () => {
  const api = await signedInClient();
  const note = await api.request("POST /notes", { body: { text: "Buy milk & eggs", tags: ["home"] } });
  const pathParameters = { id: note.id };
  expect(await api.request("GET /notes/{id}", { pathParameters })).toEqual(note);
  const { notes, cursor } = await api.request("GET /notes", { query: { limit: 2 } });
  expect([notes, cursor]).toEqual([[note], null]);
  const changed = await api.request("PUT /notes/{id}", { pathParameters, body: { text: "Done", version: 1 } });
  expect(changed.version).toBe(2);
  expect(await api.request("DELETE /notes/{id}", { pathParameters })).toBeUndefined();
  await expect(api.request("GET /notes/{id}", { pathParameters })).rejects.toMatchObject({
    name: "ApiError",
    status: 404,
    message: "There is no such note",
  });
});

test("a request without a session is a 401, and no renewal is tried", async () => {
  await expect(client().request("GET /echo")).rejects.toEqual(new ApiError(401, "Unauthorized"));
});

test("responds to a challenge", async () => {
  const UserPoolId = local.stack.resources("aws_cognito_user_pool")[0]?.values.id;
  const TemporaryPassword = "Temporary-Pass-1";
  await local.cognito("AdminCreateUser", { UserPoolId, Username: "cyd", TemporaryPassword, MessageAction: "SUPPRESS" });
  const api = client();
  const challenge = await api.signIn({ username: "cyd", password: TemporaryPassword });
  if (!challenge) throw new Error("expected a challenge");
  expect([challenge.challenge_name, api.session()]).toEqual(["NEW_PASSWORD_REQUIRED", undefined]);
  expect(await api.respond(challenge, { NEW_PASSWORD: "Another-Horse-8-Battery" })).toBeUndefined();
  expect(await api.request("GET /hello")).toMatchObject({ "cognito:username": "cyd" });
});

test("renews tokens that the API no longer accepts, once for all requests at the same time", async () => {
  const sent: string[] = [];
  const counting: typeof fetch = (url, init) => {
    sent.push(new URL(String(url)).pathname);
    return fetch(url, init);
  };
  const api = await signedInClient({ fetch: counting });
  const before = api.session();
  local.advance(3_600_000); // the server's clock only: the tokens look valid here
  const claims = await Promise.all([api.request("GET /echo"), api.request("GET /hello"), api.request("GET /notes")]);
  expect(claims[0]).toMatchObject({ "cognito:username": "grace" });
  expect(sent.filter((path) => path.endsWith("/renew_refresh_token"))).toHaveLength(1);
  expect(api.session()?.id_token).not.toBe(before?.id_token);
  expect(api.session()).toMatchObject({ username: "grace", refresh_token: before?.refresh_token });
});

test("ends the session when the refresh token is revoked, and says so", async () => {
  const onSessionEnded = jest.fn();
  const api = await signedInClient({ onSessionEnded });
  const session = api.session();
  await client().request("POST /user/logout", { body: { refresh_token: session?.refresh_token ?? "" } });
  local.advance(3_600_000);
  await expect(api.request("GET /echo")).rejects.toMatchObject({
    status: 401,
    message: /Refresh Token has been revoked/,
  });
  expect([api.session(), onSessionEnded.mock.calls.length]).toEqual([undefined, 1]);
});

test("signs out: the refresh token stops working", async () => {
  const api = await signedInClient();
  const { username = "", refresh_token = "" } = api.session() ?? {};
  await api.signOut();
  expect(api.session()).toBeUndefined();
  await expect(
    client().request("POST /user/renew_refresh_token", { body: { username, refresh_token } }),
  ).rejects.toMatchObject({ status: 401 });
});

test("takes a session up again from its store", async () => {
  let kept = JSON.stringify(undefined);
  const store = {
    load: () => (kept ? JSON.parse(kept) : undefined),
    save: (session: unknown) => {
      kept = JSON.stringify(session);
    },
  };
  await signedInClient({ store });
  const later = client({ store });
  expect(await later.resume()).toBe(true);
  expect(await later.request("GET /echo")).toMatchObject({ "cognito:username": "grace" });
  await later.signOut();
  expect(await client({ store }).resume()).toBe(false);
});

test("waits for Retry-After when it is throttled", async () => {
  const api = client();
  const logins = Array.from({ length: 11 }, () => api.signIn({ username: "nobody", password: "Wrong-Password-1" }));
  const refill = setInterval(() => local.advance(1000), 200); // the bucket holds ten
  const outcomes = await Promise.allSettled(logins);
  clearInterval(refill);
  expect(outcomes.map((one) => (one.status === "rejected" ? one.reason.status : 200))).toEqual(Array(11).fill(401));
});

test("with the cookie: no script sees the refresh token, and a new page resumes by the cookie", async () => {
  const folder = await synthesize({ REFRESH_TOKEN_COOKIE: "true" });
  const other = await serve(folder);
  await signedIn(other);
  let jar = "";
  /** What a browser does with the cookie. */
  const browser: typeof fetch = async (url, init) => {
    const withCookie = init?.credentials === "include" && jar !== "";
    const response = await fetch(url, { ...init, headers: { ...init?.headers, ...(withCookie && { Cookie: jar }) } });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) jar = cookie.includes("Max-Age=0") ? "" : (cookie.split(";")[0] ?? "");
    return response;
  };
  const page = () => createClient<Rows>({ baseUrl: `${other.local.apiUrl}/v1`, refreshCookie: true, fetch: browser });
  const first = page();
  await first.signIn({ username: grace.username, password });
  expect(first.session()?.refresh_token).toBeUndefined();
  const second = page();
  expect(await second.resume()).toBe(true);
  expect(await second.request("GET /echo")).toMatchObject({ "cognito:username": "grace" });
  await second.signOut();
  expect(await page().resume()).toBe(false);
});

test("with TOKEN_USE=access and another header", async () => {
  const other = await serve(await synthesize({ TOKEN_USE: "access", TOKEN_HEADER: "X-Token" }));
  await signedIn(other);
  const api = createClient<Rows>({ baseUrl: `${other.local.apiUrl}/v1/`, tokenUse: "access", tokenHeader: "X-Token" });
  await api.signIn({ username: "grace", password });
  expect(await api.request("GET /echo")).toMatchObject({ token_use: "access" });
});

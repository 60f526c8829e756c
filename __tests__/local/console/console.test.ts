import { readFileSync } from "node:fs";
import { get, type IncomingHttpHeaders, request } from "node:http";
import type { ConsoleUser, RequestDetail, RequestSummary, Snapshot, TablePage } from "../../../local/console/protocol";
import { ada, type Client, password, serve, shareKeys } from "../../support/client";
import { synthesize } from "../../support/folder";

shareKeys();

let client: Client;
beforeAll(async () => {
  client = await serve(await synthesize());
});
beforeEach(() => client.advance(2000));

const urlOf = (path: string) => `${client.local.consoleUrl()}/${path}`;
const read = async <T>(path: string) => (await (await fetch(urlOf(path))).json()) as T;
const change = async (operation: string, input: object) => {
  const headers = { "Content-Type": "application/json", "X-Console": "1" };
  const body = JSON.stringify(input);
  const response = await fetch(urlOf(`api/cognito/${operation}`), { method: "POST", headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, Record<string, string>> };
};

/** The events of a stream, until `enough` of them have come. */
async function events(enough: (seen: readonly [string, unknown][]) => boolean, act = async () => {}) {
  const response = await fetch(urlOf("api/events"));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const seen: [string, unknown][] = [];
  let text = "";
  let acted = false;
  while (reader && !enough(seen)) {
    text += (await reader.read()).value ?? "";
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      const [, name = "", data = ""] = /^event: (\w+)\ndata: (.*)$/s.exec(part) ?? [];
      if (name) seen.push([name, JSON.parse(data)]);
    }
    if (!acted && seen.length > 0) await act();
    acted ||= seen.length > 0;
  }
  await reader?.cancel();
  return seen;
}
const snapshot = async () => (await events((seen) => seen.length > 0))[0]?.[1] as Snapshot;

test("is announced, and serves a page that loads nothing from elsewhere", async () => {
  expect(client.local.consoleUrl()).toBe(`${client.local.apiUrl}/_console`);
  const response = await fetch(client.local.consoleUrl() ?? "");
  expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'self'; .*frame-ancestors 'none'$/);
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  const links = [...(await response.text()).matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) expect((await fetch(new URL(link, client.local.apiUrl))).status).toBe(200);
});

test.each(["../protocol.ts", "..%2Fprotocol.ts", "page/app.js", "tsconfig.json", "lib/../package.json", "api/nothing"])(
  "does not serve %s",
  async (path) => {
    const status = await new Promise((resolve) =>
      get(`${client.local.apiUrl}`, { path: `/_console/${path}` }, (response) => resolve(response.statusCode)),
    );
    expect(status).toBe(404);
  },
);

test("describes routes with access, limits, authorizer, schema and function", async () => {
  const { overview } = await snapshot();
  const route = (method: string, path: string) =>
    overview.routes.find((one) => one.method === method && one.path === path);
  expect(route("POST", "/user/login")).toMatchObject({
    url: "/v1/user/login",
    isPrivate: false,
    limits: { rate: expect.any(Number), burst: expect.any(Number) },
    functionName: "cognito-api-dev-login",
    bodySchema: { properties: { username: { type: "string" } } },
  });
  expect(route("GET", "/notes/{id}")).toMatchObject({
    isPrivate: true,
    authorizer: expect.stringMatching(/^aws_api_gateway_authorizer\./),
    tokenHeader: "Authorization",
    scopes: [],
    timeoutMs: 29_000,
    parameters: [{ in: "path", name: "id", required: true }],
  });
  expect(overview.routes.some(({ method }) => method === "OPTIONS")).toBe(false);
});

test("sends requests and mails as they pass, and the details of a request", async () => {
  const seen = await events(
    (all) => all.some(([name, data]) => name === "request" && (data as RequestSummary).status !== undefined),
    async () => {
      await client.post("/user/sign-up", ada, { "x-amzn-requestid": "mine" });
    },
  );
  const requests = seen.filter(([name]) => name === "request").map(([, data]) => data as RequestSummary);
  expect(requests).toMatchObject([
    { requestId: "mine", method: "POST", target: "/v1/user/sign-up" },
    { requestId: "mine", status: 200, durationMs: expect.any(Number) },
  ]);
  expect(seen).toContainEqual(["message", expect.objectContaining({ username: "ada", code: client.mails[0]?.code })]);
  const detail = await read<RequestDetail>(`api/requests/${requests[0]?.id}`);
  expect(detail.steps.map(({ name, passed }) => [name, passed])).toEqual([
    ["matched", true],
    ["throttled", true],
    ["authorized", true],
    ["validated", true],
    ["invoked", true],
  ]);
  expect(JSON.parse(detail.body.text)).toEqual(ada);
  expect(JSON.parse(detail.response?.body.text ?? "")).toMatchObject({ success: true });
});

test("shows users, and changes them by Cognito's own rules", async () => {
  const [pool] = (await snapshot()).overview.pools;
  const user = async () =>
    (await read<ConsoleUser[]>(`api/users/${pool?.id}`)).find(({ username }) => username === "ada");
  const target = { UserPoolId: pool?.id, Username: "ada" };
  expect(await user()).toMatchObject({ status: "UNCONFIRMED", groups: [], attributes: { email: "ada@example.com" } });
  expect((await change("AdminConfirmSignUp", target)).status).toBe(200);
  await change("AdminAddUserToGroup", { ...target, GroupName: "admin" });
  expect(await user()).toMatchObject({ status: "CONFIRMED", enabled: true, groups: ["admin"] });
  expect(await change("AdminConfirmSignUp", target)).toMatchObject({
    status: 400,
    body: { type: "NotAuthorizedException" },
  });
});

test("signs in at Cognito with the secret hash, which the page does not know", async () => {
  const ClientId = (await snapshot()).overview.pools[0]?.clients[0]?.id;
  const signIn = { ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: "ada", PASSWORD: password } };
  const { body } = await change("InitiateAuth", signIn);
  expect(body.AuthenticationResult).toMatchObject({ IdToken: expect.any(String) });
  const [user] = await read<ConsoleUser[]>(`api/users/${(await snapshot()).overview.pools[0]?.id}`);
  expect(user?.sessions).toBe(1);
  const revoked = await change("RevokeToken", { ClientId, Token: body.AuthenticationResult?.RefreshToken });
  expect(revoked.status).toBe(200);
});

test("runs no other operation", async () => {
  expect(await change("DescribeUserPoolClient", {})).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("operation must be one of AdminConfirmSignUp") },
  });
});

test("shows the rows of a table as plain JSON", async () => {
  const login = await client.post("/user/login", { username: "ada", password });
  const headers = { Authorization: `Bearer ${login.body.data.id_token}` };
  await client.post("/notes", { text: "Buy milk", tags: ["home"] }, headers);
  const [table] = (await snapshot()).overview.tables;
  expect(table).toMatchObject({ partitionKey: "owner", sortKey: "id" });
  const { rows } = await read<TablePage>(`api/tables/${table?.name}`);
  expect(rows).toEqual([expect.objectContaining({ text: "Buy milk", tags: ["home"], version: 1 })]);
  expect((await fetch(urlOf("api/tables/other"))).status).toBe(404);
});

function send(method: string, path: string, headers: IncomingHttpHeaders) {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders }>((resolve, reject) => {
    const outgoing = request(client.local.apiUrl, { method, path, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    });
    outgoing.on("error", reject).end(method === "POST" ? "{}" : undefined);
  });
}

test.each([
  ["another host name", 421, "GET", "/_console", { host: "evil.example" }],
  ["a page of another site", 403, "GET", "/_console/api/users/x", { "sec-fetch-site": "cross-site" }],
  ["a page on another port", 403, "GET", "/_console/api/users/x", { "sec-fetch-site": "same-site" }],
  ["a script element of another site", 403, "GET", "/_console/app.js", { "sec-fetch-site": "cross-site" }],
  [
    "a frame of another site",
    403,
    "GET",
    "/_console",
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
  ],
  ["an older browser's Origin", 403, "GET", "/_console/api/users/x", { origin: "http://evil.example" }],
  [
    "an Origin of another port",
    403,
    "POST",
    "/_console/api/cognito/SignUp",
    { origin: "http://127.0.0.1:9", "x-console": "1" },
  ],
  ["a form without the header", 403, "POST", "/_console/api/cognito/SignUp", { "content-type": "text/plain" }],
])("is out of reach of %s: %i", async (_, status, method, path, headers) => {
  const response = await send(method, path, headers);
  expect(response.status).toBe(status);
  expect(response.headers["access-control-allow-origin"]).toBeUndefined();
});

test("gives no permission to a preflight of another origin", async () => {
  const { status, headers } = await send("OPTIONS", "/_console/api/cognito/SignUp", {
    origin: "http://evil.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "x-console",
  });
  expect(status).toBe(403);
  expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test("opens from a link of another page, as any page does", async () => {
  const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  expect((await send("GET", "/_console", link)).status).toBe(200);
});

test("no handler's bundle holds the console", () => {
  const { folder } = client.stack;
  const bundle = readFileSync(`${folder}/functions/login/index.mjs`, "utf8");
  expect(bundle).not.toContain("_console");
});

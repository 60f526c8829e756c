/** WEB_CLIENT: a page signs in by itself with SRP, and its tokens open the API like those of the functions' client. */
import { grace, password, serve, shareKeys, signedIn } from "../support/client";
import { edit, synthesize } from "../support/folder";
import { type Challenge, srpClient } from "./cognito/srp-client";

shareKeys();

describe.each([
  ["rest", "id"],
  ["rest", "access"],
  ["http", "id"],
  ["http", "access"],
])("API_TYPE=%s TOKEN_USE=%s", (API_TYPE, TOKEN_USE) => {
  test("opens private routes to the page's token", async () => {
    const client = await serve(await synthesize({ API_TYPE, TOKEN_USE, WEB_CLIENT: "true" }));
    await signedIn(client);
    const clients = client.stack.resources("aws_cognito_user_pool_client").map(({ values }) => values);
    const web = clients.find(({ generate_secret: secret }) => !secret);
    const poolName = String(web?.user_pool_id).split("_")[1] ?? "";
    const srp = srpClient(poolName);
    const ClientId = web?.id;
    const AuthParameters = { USERNAME: grace.username, SRP_A: srp.SRP_A };
    const started = await client.cognito("InitiateAuth", { AuthFlow: "USER_SRP_AUTH", ClientId, AuthParameters });
    const ChallengeResponses = srp.claim(started.ChallengeParameters as Challenge, password, Date.now());
    const ChallengeName = "PASSWORD_VERIFIER";
    const response = await client.cognito("RespondToAuthChallenge", { ClientId, ChallengeName, ChallengeResponses });
    const { IdToken, AccessToken } = response.AuthenticationResult as Record<string, string>;
    const [right, wrong] = TOKEN_USE === "id" ? [IdToken, AccessToken] : [AccessToken, IdToken];
    const echo = async (token: string | undefined) => client.get("/echo", { Authorization: `Bearer ${token}` });
    const { status, body } = await echo(right);
    expect([status, TOKEN_USE === "id" ? body.data.aud : body.data.client_id]).toEqual([200, ClientId]);
    expect([401, 403]).toContain((await echo(wrong)).status);
    const flow = { AuthFlow: "USER_PASSWORD_AUTH", ClientId };
    const plain = { ...flow, AuthParameters: { USERNAME: grace.username, PASSWORD: password } };
    await expect(client.cognito("InitiateAuth", plain)).rejects.toThrow("flow not enabled");
  });
});

/** Of the same pool, but of neither client that the API knows: another team's, say. */
function addClient(folder: string): void {
  edit(folder, (json) => {
    const clients = json.resource.aws_cognito_user_pool_client ?? {};
    const [pool] = Object.values(clients).map(({ user_pool_id: id }) => id);
    clients.other = { name: "other", user_pool_id: pool, explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"] };
  });
}

describe.each([
  ["rest", "id", {}],
  ["rest", "access", {}],
  ["http", "id", {}],
  ["http", "access", {}],
  ["rest", "id", { COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" }],
  ["http", "access", { COGNITO_USER_POOL_ID: "us-east-1_AbCdEfGhI" }],
])("API_TYPE=%s TOKEN_USE=%s %j", (API_TYPE, TOKEN_USE, more) => {
  test("rejects tokens of any other client of the pool, on every private route", async () => {
    const folder = await synthesize({ API_TYPE, TOKEN_USE, WEB_CLIENT: "true", ...more });
    addClient(folder);
    const client = await serve(folder);
    const own = await signedIn(client);
    const other = client.stack.resources("aws_cognito_user_pool_client").find(({ values }) => values.name === "other");
    const response = await client.cognito("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: other?.values.id,
      AuthParameters: { USERNAME: grace.username, PASSWORD: password },
    });
    const { IdToken, AccessToken } = response.AuthenticationResult as Record<string, string>;
    const token = TOKEN_USE === "id" ? IdToken : AccessToken;
    const bodyFor = (path: string) =>
      JSON.stringify(TOKEN_USE === "id" && /^\/user(?!\/test-user)/.test(path) ? { access_token: AccessToken } : {});
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const routes = client.local.api().routes.filter(({ isPrivate }) => isPrivate);
    expect(routes.length).toBeGreaterThan(10);
    for (const { method, path } of routes) {
      client.advance(1000);
      const at = path.replace("{id}", "00000000-0000-4000-8000-000000000000");
      const { status } = await client.request(method, at, headers, method === "GET" ? undefined : bodyFor(path));
      expect([method, path, status]).toEqual([method, path, 401]);
    }
    const right = TOKEN_USE === "id" ? own.id_token : own.access_token;
    expect((await client.get("/echo", { Authorization: `Bearer ${right}` })).status).toBe(200);
  });
});

test("without the setting there is one client, and no output of another", async () => {
  const client = await serve(await synthesize());
  expect(client.stack.resources("aws_cognito_user_pool_client")).toHaveLength(1);
});

/** WEB_CLIENT: a page signs in by itself with SRP, and its tokens open the API like those of the functions' client. */
import { grace, password, serve, shareKeys, signedIn } from "../support/client";
import { synthesize } from "../support/folder";
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

test("without the setting there is one client, and no output of another", async () => {
  const client = await serve(await synthesize());
  expect(client.stack.resources("aws_cognito_user_pool_client")).toHaveLength(1);
});

import { createHmac, type KeyObject } from "node:crypto";
import { exportJWK, exportSPKI, type JWK, SignJWT } from "jose";
import { readStack } from "../../../../local/terraform/read-stack";
import { keys, pairOf } from "../../../support/keys";
import { add, ref, restStack, type Served, serve, writeStack } from "../rest-stack";

const NOW = Date.UTC(2016, 6, 29, 18, 0, 0);
const SCOPE = "aws.cognito.signin.user.admin";
const json = restStack([
  { method: "GET", path: "/private", function: "echo" },
  { method: "GET", path: "/scoped", function: "echo" },
]);
for (const [name, scopes] of [
  ["GET_private", undefined],
  ["GET_scoped", [SCOPE, "other"]],
] as const) {
  Object.assign(json.resource["aws_api_gateway_method"]?.[name] ?? {}, {
    authorization: "COGNITO_USER_POOLS",
    authorizer_id: ref("aws_api_gateway_authorizer.authorizer.id"),
    ...(scopes && { authorization_scopes: scopes }),
  });
}
add(json.resource, "aws_cognito_user_pool_client", "second", { user_pool_id: ref("aws_cognito_user_pool.pool.id") });
add(json.resource, "aws_cognito_user_pool", "other", { name: "other" });
add(json.resource, "aws_cognito_user_pool_client", "foreign", { user_pool_id: ref("aws_cognito_user_pool.other.id") });

const own = pairOf(keys.id);
const foreign = pairOf(keys.access);
let served: Served;
let jwk: JWK;
let now = NOW;
const ids = { pool: "", other: "", client: "", second: "", foreign: "" };

beforeAll(async () => {
  jwk = { ...(await exportJWK(own.publicKey)), kid: "pool-key", alg: "RS256", use: "sig" };
  const stack = readStack(writeStack(json));
  for (const block of [
    ...stack.resources("aws_cognito_user_pool"),
    ...stack.resources("aws_cognito_user_pool_client"),
  ]) {
    ids[block.name as keyof typeof ids] = String(block.values["id"]);
  }
  served = await serve(json, { now: () => now, jwks: () => ({ keys: [jwk] }) });
});
beforeEach(() => {
  now = NOW;
});

interface Options {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly key?: KeyObject;
}

/** An id token as Cognito makes it, unless the options say otherwise. */
function token({ claims, header, key = own.privateKey }: Options = {}): Promise<string> {
  const payload = {
    sub: "7b5c0f0e-0000-4000-8000-000000000000",
    "cognito:groups": ["admin", "staff"],
    "cognito:username": "ada",
    email_verified: true,
    iss: `https://cognito-idp.eu-west-1.amazonaws.com/${ids.pool}`,
    aud: ids.client,
    token_use: "id",
    auth_time: NOW / 1000,
    iat: NOW / 1000,
    exp: NOW / 1000 + 3173,
    ...claims,
  };
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "pool-key", ...header }).sign(key);
}

const accessToken = (claims: Record<string, unknown> = {}) =>
  token({
    claims: { token_use: "access", aud: undefined, client_id: ids.client, scope: `openid ${SCOPE}`, ...claims },
  });

const call = (authorization: string, path = "/v1/private") => served.call("GET", path, { headers: { authorization } });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("admits an id token, with and without Bearer", async () => {
  expect((await call(await token())).status).toBe(200);
  expect((await call(`Bearer ${await token()}`)).status).toBe(200);
});

test("hands the claims to the function as text, in AWS's formats", async () => {
  const { requestContext } = (await call(await token())).json();
  expect((requestContext as { authorizer: unknown }).authorizer).toEqual({
    claims: {
      sub: "7b5c0f0e-0000-4000-8000-000000000000",
      "cognito:groups": "admin,staff",
      "cognito:username": "ada",
      email_verified: "true",
      iss: `https://cognito-idp.eu-west-1.amazonaws.com/${ids.pool}`,
      aud: ids.client,
      token_use: "id",
      auth_time: String(NOW / 1000),
      iat: "Fri Jul 29 18:00:00 UTC 2016",
      exp: "Fri Jul 29 18:52:53 UTC 2016",
    },
  });
});

test("admits a token of any app client of the pool, as AWS does", async () => {
  expect((await call(await token({ claims: { aud: ids.second } }))).status).toBe(200);
});

test.each<[string, () => Promise<string> | string]>([
  ["is missing", () => ""],
  ["is no token", () => "Bearer nonsense"],
  ["has parts that are no JSON", () => "a.b.c"],
  [
    "has a changed payload",
    async () =>
      (await token()).replace(
        /\.[^.]+\./,
        `.${part({ iss: `https://cognito-idp.eu-west-1.amazonaws.com/${ids.pool}`, aud: ids.client, token_use: "id", exp: NOW })}.`,
      ),
  ],
  ["is not signed", async () => `${part({ alg: "none", kid: "pool-key" })}.${(await token()).split(".")[1]}.`],
  ["is signed with HS256 and the public key as the secret", hmacToken],
  ["is signed by a foreign key", foreignToken],
  ["names an unknown key", () => token({ header: { kid: "unknown" } })],
  ["names no key", () => token({ header: { kid: undefined } })],
  [
    "has another issuer",
    () => token({ claims: { iss: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Elsewhere" } }),
  ],
  [
    "comes from another pool of the stack",
    () => token({ claims: { iss: `https://cognito-idp.eu-west-1.amazonaws.com/${ids.other}`, aud: ids.foreign } }),
  ],
  ["is for a client that the pool does not have", () => token({ claims: { aud: ids.foreign } })],
  ["has no expiry", () => token({ claims: { exp: undefined } })],
  ["is an access token where the method has no scopes", () => accessToken()],
])("responds with 401 if the token %s", async (_, make) => {
  const reply = await call(await make());
  expect([reply.status, reply.json()]).toEqual([401, { message: "Unauthorized" }]);
  expect(reply.headers["x-amzn-errortype"]).toBe("UnauthorizedException");
});

async function hmacToken(): Promise<string> {
  const signed = `${part({ alg: "HS256", kid: "pool-key" })}.${(await token()).split(".")[1]}`;
  const secret = await exportSPKI(own.publicKey);
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

async function foreignToken(): Promise<string> {
  return token({ key: foreign.privateKey });
}

test("rejects a token that carries its own key", async () => {
  const jwk = await exportJWK(foreign.publicKey);
  const signed = await token({ key: foreign.privateKey, header: { jwk, kid: undefined } });
  expect((await call(signed)).status).toBe(401);
});

test("says that a token has expired, also if it was good a moment ago", async () => {
  const good = await token();
  now = NOW + 3172_999;
  expect((await call(good)).status).toBe(200);
  now = NOW + 3173_000;
  const reply = await call(good);
  expect([reply.status, reply.json()]).toEqual([401, { message: "The incoming token has expired" }]);
  expect(reply.headers["x-amzn-errortype"]).toBe("UnauthorizedException");
});

test("rejects a token that was accepted before once the pool's key is replaced", async () => {
  const good = await token();
  expect((await call(good)).status).toBe(200);
  const before = jwk;
  jwk = { ...before, kid: "next" };
  expect((await call(good)).status).toBe(401);
  jwk = before;
});

test("rejects every algorithm but RS256, also where the pool's key names none", async () => {
  const before = jwk;
  jwk = { ...before };
  delete jwk.alg;
  expect((await call(await token({ header: { alg: "RS512" } }))).status).toBe(401);
  jwk = before;
});

test("with scopes, admits an access token that has one of them", async () => {
  expect((await call(await accessToken(), "/v1/scoped")).status).toBe(200);
});

test.each<[string, () => Promise<string>]>([
  ["an access token without the scope", () => accessToken({ scope: "openid" })],
  ["a scope that only begins alike", () => accessToken({ scope: `${SCOPE}.more` })],
  ["an access token of a client that the pool does not have", () => accessToken({ client_id: ids.foreign })],
  ["an id token", () => token()],
])("with scopes, responds with 401 to %s", async (_, make) => {
  expect((await call(await make(), "/v1/scoped")).status).toBe(401);
});

test("reads the token from the header that the identity source names", async () => {
  const changed = structuredClone(json);
  Object.assign(changed.resource["aws_api_gateway_authorizer"]?.["authorizer"] ?? {}, {
    identity_source: "method.request.header.token",
  });
  const other = await serve(changed, { now: () => NOW, jwks: () => ({ keys: [jwk] }) });
  const good = await token();
  expect((await other.call("GET", "/v1/private", { headers: { token: good } })).status).toBe(200);
  expect((await other.call("GET", "/v1/private", { headers: { authorization: good } })).status).toBe(401);
});

test("lets everybody in once the method drops its authorizer, so that the mistake shows", async () => {
  const changed = structuredClone(json);
  Object.assign(changed.resource["aws_api_gateway_method"]?.["GET_private"] ?? {}, { authorization: "NONE" });
  const open = await serve(changed);
  expect((await open.call("GET", "/v1/private")).status).toBe(200);
});

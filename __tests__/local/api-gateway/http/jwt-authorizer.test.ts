import type { KeyObject } from "node:crypto";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from "jose";
import { readStack } from "../../../../local/terraform/read-stack";
import { keys, pairOf } from "../../../support/keys";
import { type Served, serve, writeStack } from "../rest-stack";
import { httpStack, jwt } from "./http-stack";

const NOW = Date.UTC(2016, 6, 29, 18, 0, 0);
const SCOPE = "aws.cognito.signin.user.admin";
const json = httpStack([
  { key: "GET /private", function: "echo", values: jwt },
  { key: "GET /scoped", function: "echo", values: { ...jwt, authorization_scopes: [SCOPE, "other"] } },
]);

const own = pairOf(keys.id);
let served: Served;
let issuer: string;
let client: string;

beforeAll(async () => {
  const jwk: JWK = { ...(await exportJWK(own.publicKey)), kid: "pool-key", alg: "RS256", use: "sig" };
  const stack = readStack(writeStack(json));
  issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${stack.resources("aws_cognito_user_pool")[0]?.values.id}`;
  client = String(stack.resources("aws_cognito_user_pool_client")[0]?.values.id);
  served = await serve(json, { now: () => NOW, jwks: () => ({ keys: [jwk] }) });
});

type Claims = Record<string, unknown>;

/** An id token as Cognito makes it, with other claims where it is told. */
function idToken(claims: Claims = {}, header: Claims = {}, key: CryptoKey | KeyObject | Uint8Array = own.privateKey) {
  const payload = {
    sub: "s",
    iss: issuer,
    aud: client,
    token_use: "id",
    iat: NOW / 1000,
    exp: NOW / 1000 + 60,
    ...claims,
  };
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "pool-key", ...header }).sign(key);
}
const accessToken = (claims: Claims = {}) =>
  idToken({ aud: undefined, client_id: client, token_use: "access", scope: SCOPE, ...claims });
const get = (path: string, token: string) => served.call("GET", `/v1${path}`, { headers: { Authorization: token } });
const challenge = (description: string, scope = "") =>
  `Bearer scope="${scope}" error="invalid_token" error_description="${description}"`;

test("lets every token of the audience in, with and without Bearer: it does not tell id from access", async () => {
  for (const token of [
    await idToken(),
    await accessToken(),
    `Bearer ${await idToken()}`,
    `bearer ${await idToken()}`,
  ]) {
    expect((await get("/private", token)).status).toBe(200);
  }
});

test("hands the claims on as text: numbers plain, lists in brackets, no scopes where the route has none", async () => {
  const token = await idToken({ "cognito:groups": ["admin", "staff"], email_verified: true });
  const { requestContext } = (await get("/private", token)).json() as { requestContext: { authorizer: unknown } };
  expect(requestContext.authorizer).toEqual({
    claims: {
      sub: "s",
      iss: issuer,
      aud: client,
      token_use: "id",
      iat: String(NOW / 1000),
      exp: String(NOW / 1000 + 60),
      "cognito:groups": "[admin staff]",
      email_verified: "true",
    },
    scopes: null,
  });
});

test("asks for one of the route's scopes, and hands on the token's: 403 without, as for any id token", async () => {
  const { requestContext } = (await get("/scoped", await accessToken({ scope: `x ${SCOPE}` }))).json() as {
    requestContext: { authorizer: { scopes: unknown } };
  };
  expect(requestContext.authorizer.scopes).toEqual(["x", SCOPE]);
  for (const token of [
    await accessToken({ scope: "x" }),
    await idToken(),
    await accessToken({ scope: `${SCOPE}.x` }),
  ]) {
    const { status, text } = await get("/scoped", token);
    expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
  }
});

test("asks for a token with 401 and no more than the scheme", async () => {
  const { status, text, headers } = await served.call("GET", "/v1/private");
  expect([status, text, headers["www-authenticate"]]).toEqual([401, '{"message":"Unauthorized"}', "Bearer"]);
  expect(headers["content-type"]).toBeUndefined();
  expect(headers["apigw-requestid"]).toMatch(/^.{15}=$/);
});

test.each<[string, string, () => Promise<string>]>([
  ["no JWT", "token contains an invalid number of segments", async () => "abc"],
  ["an expired token", "the token has expired", () => idToken({ exp: NOW / 1000 })],
  ["a token without an expiry", "the token has expired", () => idToken({ exp: undefined })],
  ["a token of tomorrow", "the token is not valid yet", () => idToken({ iat: NOW / 1000 + 1 })],
  ["a token that is not valid yet", "the token is not valid yet", () => idToken({ nbf: NOW / 1000 + 1 })],
  ["another client's id token", "the token does not have a valid audience", () => idToken({ aud: "other" })],
  [
    "another client's access token",
    "the token does not have a valid audience",
    () => accessToken({ client_id: "other" }),
  ],
  [
    "a client_id where aud is another's",
    "the token does not have a valid audience",
    () => accessToken({ aud: "other" }),
  ],
  ["a token of nobody", "the token does not have a valid audience", () => idToken({ aud: undefined })],
  ["another pool's token", "the token is not signed by the issuer", () => idToken({ iss: `${issuer}x` })],
  ["an unknown key", "the token is not signed by the issuer", () => idToken({}, { kid: "other" })],
  ["another key", "the token is not signed by the issuer", () => idToken({}, {}, pairOf(keys.access).privateKey)],
  [
    "a token without a signature",
    "the token is not signed by the issuer",
    async () => {
      const [, payload] = (await idToken()).split(".");
      return `${Buffer.from('{"alg":"none","kid":"pool-key"}').toString("base64url")}.${payload}.`;
    },
  ],
  [
    "the public key as an HMAC secret",
    "the token is not signed by the issuer",
    async () => idToken({}, { alg: "HS256" }, new TextEncoder().encode(await exportSPKI(own.publicKey))),
  ],
  [
    "an elliptic curve",
    "the token is not signed by the issuer",
    async () => idToken({}, { alg: "ES256" }, (await generateKeyPair("ES256")).privateKey),
  ],
])("rejects %s", async (_, description, token) => {
  const { status, text, headers } = await get("/private", await token());
  expect([status, text, headers["www-authenticate"]]).toEqual([
    401,
    '{"message":"Unauthorized"}',
    challenge(description),
  ]);
});

test("names the route's scopes when it rejects a token", async () => {
  const { headers } = await get("/scoped", await accessToken({ exp: 1 }));
  expect(headers["www-authenticate"]).toBe(challenge("the token has expired", `${SCOPE} other`));
});

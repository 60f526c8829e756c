import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { clientId, poolId, type Running, startCognito, type Tokens } from "./harness";

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito({
    pool: { schema: [{ name: "team", attribute_data_type: "String" }] },
    groups: [
      { name: "readers", user_pool_id: poolId, precedence: 20 },
      { name: "admin", user_pool_id: poolId, precedence: 10 },
    ],
  });
});
afterEach(() => cognito.close());

const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`;
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

function verified({ IdToken, AccessToken }: Tokens) {
  const jwks = createLocalJWKSet(cognito.cognito.jwks(poolId) ?? { keys: [] });
  const options = { issuer, algorithms: ["RS256"], currentDate: new Date(cognito.clock.now) };
  return Promise.all([
    jwtVerify(IdToken, jwks, { ...options, audience: clientId }),
    jwtVerify(AccessToken, jwks, options),
  ]).then(([id, access]) => ({ id: id.payload, access: access.payload }));
}

test("id and access token carry AWS's claims with their types, signed by keys of the served set", async () => {
  const sub = await cognito.user("ada");
  await cognito.admin("AdminUpdateUserAttributes", {
    Username: "ada",
    UserAttributes: [
      { Name: "custom:team", Value: "engines" },
      { Name: "updated_at", Value: "1700000000" },
      { Name: "address", Value: "12 Long Lane" },
    ],
  });
  await cognito.admin("AdminAddUserToGroup", { Username: "ada", GroupName: "readers" });
  await cognito.admin("AdminAddUserToGroup", { Username: "ada", GroupName: "admin" });
  const seconds = cognito.clock.now / 1000;
  const { id, access } = await verified(await cognito.tokens("ada"));
  const shared = {
    sub,
    "cognito:groups": ["admin", "readers"],
    iss: issuer,
    origin_jti: uuid,
    event_id: uuid,
    auth_time: seconds,
    iat: seconds,
    jti: uuid,
  };
  expect(id).toEqual({
    ...shared,
    aud: clientId,
    token_use: "id",
    exp: seconds + 3600,
    "cognito:username": "ada",
    email: "ada@example.com",
    email_verified: true,
    "custom:team": "engines",
    updated_at: 1700000000,
    address: { formatted: "12 Long Lane" },
  });
  expect(access).toEqual({
    ...shared,
    client_id: clientId,
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    exp: seconds + 1800,
    username: "ada",
  });
  expect(id.origin_jti).toBe(access.origin_jti);
  expect(id.jti).not.toBe(access.jti);
});

test("a user of no group has no groups claim", async () => {
  await cognito.user("ada");
  const { id, access } = await verified(await cognito.tokens("ada"));
  expect("cognito:groups" in id || "cognito:groups" in access).toBe(false);
});

test("id and access tokens are signed by different keys, and the served keys are public", async () => {
  await cognito.user("ada");
  const { IdToken, AccessToken } = await cognito.tokens("ada");
  expect(decodeProtectedHeader(IdToken)).toEqual({ kid: "id-key", alg: "RS256" });
  expect(decodeProtectedHeader(AccessToken)).toEqual({ kid: "access-key", alg: "RS256" });
  const served = await (await fetch(`${cognito.url}/${poolId}/.well-known/jwks.json`)).json();
  const key = { alg: "RS256", use: "sig", kty: "RSA", e: "AQAB", n: expect.any(String) };
  expect(served).toEqual({
    keys: [
      { ...key, kid: "id-key" },
      { ...key, kid: "access-key" },
    ],
  });
});

test("a sign-in returns the client's token validity and an opaque refresh token", async () => {
  await cognito.user("ada");
  const { body } = await cognito.login("ada");
  expect(body).toEqual({
    AuthenticationResult: {
      AccessToken: expect.any(String),
      IdToken: expect.any(String),
      RefreshToken: expect.stringMatching(
        /^eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ(\.[\w-]+){4}$/,
      ),
      ExpiresIn: 1800,
      TokenType: "Bearer",
    },
    ChallengeParameters: {},
  });
});

test("a refresh keeps auth_time and origin_jti, renews the rest, and returns no refresh token", async () => {
  await cognito.user("ada");
  const first = await cognito.tokens("ada");
  cognito.clock.now += 600_000;
  const { body } = await cognito.refresh(first.RefreshToken, "ada");
  const second = body.AuthenticationResult;
  expect(second && "RefreshToken" in second).toBe(false);
  const [before, after] = [decodeJwt(first.IdToken), decodeJwt(second?.IdToken ?? "")];
  expect(after).toMatchObject({ auth_time: before.auth_time, origin_jti: before.origin_jti });
  expect(after.iat).toBe(Number(before.iat) + 600);
  expect(after.exp).toBe(Number(before.exp) + 600);
  expect(after.jti).not.toBe(before.jti);
});

test("a refresh sees the user as they are now", async () => {
  await cognito.user("ada");
  const { RefreshToken } = await cognito.tokens("ada");
  await cognito.admin("AdminAddUserToGroup", { Username: "ada", GroupName: "admin" });
  const { body } = await cognito.refresh(RefreshToken, "ada");
  expect(decodeJwt(body.AuthenticationResult?.AccessToken ?? "")["cognito:groups"]).toEqual(["admin"]);
});

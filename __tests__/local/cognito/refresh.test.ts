import { clientId, failure, hash, type Running, secret, startCognito, type Tokens } from "./harness";

const other = "otherclient000000000000000";
const rotating = "rotatingclient000000000000";
const day = 86_400_000;
let cognito: Running;
let tokens: Tokens;
beforeEach(async () => {
  cognito = await startCognito({
    clients: {
      [other]: {},
      [rotating]: {
        refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 10 }],
        explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"],
      },
    },
  });
  await cognito.user("ada");
  tokens = await cognito.tokens("ada");
});
afterEach(() => cognito.close());

const invalid = failure("NotAuthorizedException", "Invalid Refresh Token");
const expired = failure("NotAuthorizedException", "Refresh Token has expired");
const revoked = failure("NotAuthorizedException", "Refresh Token has been revoked");
const refresh = (AuthParameters: Readonly<Record<string, unknown>>, ClientId = clientId) =>
  cognito.call("InitiateAuth", { ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters });
const getTokens = (RefreshToken: string, ClientId = clientId, ClientSecret: unknown = secret) =>
  cognito.call("GetTokensFromRefreshToken", { ClientId, RefreshToken, ClientSecret });
const revoke = (Token: string, ClientId = clientId, ClientSecret: unknown = secret) =>
  cognito.call("RevokeToken", { ClientId, Token, ClientSecret });

describe("REFRESH_TOKEN_AUTH", () => {
  test("takes the secret hash over the pool's user name or the sub, not over the alias", async () => {
    const sub = (await cognito.admin("AdminGetUser", { Username: "ada" })).body.UserAttributes;
    const [first] = sub as { Value: string }[];
    expect((await cognito.refresh(tokens.RefreshToken, "ada")).status).toBe(200);
    expect((await cognito.refresh(tokens.RefreshToken, String(first?.Value))).status).toBe(200);
    expect(await cognito.refresh(tokens.RefreshToken, "ada@example.com")).toEqual(
      failure("NotAuthorizedException", `SecretHash does not match for the client: ${clientId}`),
    );
    expect(await refresh({ REFRESH_TOKEN: tokens.RefreshToken })).toEqual(
      failure(
        "NotAuthorizedException",
        `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
      ),
    );
  });

  test("is also called REFRESH_TOKEN", async () => {
    const AuthParameters = { REFRESH_TOKEN: tokens.RefreshToken, SECRET_HASH: hash("ada") };
    const input = { ClientId: clientId, AuthFlow: "REFRESH_TOKEN", AuthParameters };
    expect((await cognito.call("InitiateAuth", input)).status).toBe(200);
  });

  test("rejects no token", async () => {
    expect(await refresh({ SECRET_HASH: hash("ada") })).toEqual(
      failure("InvalidParameterException", "Missing required parameter REFRESH_TOKEN"),
    );
  });

  test.each(["junk", "constructor", "__proto__"])("rejects the unknown token %s", async (token) => {
    expect(await cognito.refresh(token, "ada")).toEqual(invalid);
  });

  test("rejects another client's token", async () => {
    const AuthParameters = { REFRESH_TOKEN: tokens.RefreshToken, SECRET_HASH: hash("ada", other) };
    expect(await refresh(AuthParameters, other)).toEqual(invalid);
  });

  test("rejects a token after the client's validity, which refreshing does not extend", async () => {
    cognito.clock.now += 30 * day - 1;
    expect((await cognito.refresh(tokens.RefreshToken, "ada")).status).toBe(200);
    cognito.clock.now += 1;
    expect(await cognito.refresh(tokens.RefreshToken, "ada")).toEqual(expired);
  });

  test("rejects the token of a deleted user", async () => {
    await cognito.admin("AdminDeleteUser", { Username: "ada" });
    expect(await cognito.refresh(tokens.RefreshToken, "ada")).toEqual(invalid);
  });

  test("rejects the token of a user who was disabled since, even once they are enabled", async () => {
    await cognito.admin("AdminDisableUser", { Username: "ada" });
    expect(await cognito.refresh(tokens.RefreshToken, "ada")).toEqual(
      failure("NotAuthorizedException", "User is disabled."),
    );
    await cognito.admin("AdminEnableUser", { Username: "ada" });
    expect(await cognito.refresh(tokens.RefreshToken, "ada")).toEqual(revoked);
  });

  test("is rejected by a client that rotates", async () => {
    cognito.apply({ client: { refresh_token_rotation: { feature: "ENABLED", retry_grace_period_seconds: 0 } } });
    expect(await cognito.refresh(tokens.RefreshToken, "ada")).toEqual(failure("InvalidParameterException", /rotation/));
  });

  test("removes sign-ins that expired more than a day ago", async () => {
    cognito.clock.now += 31 * day + 1;
    await cognito.login("ada");
    expect(await cognito.refresh(tokens.RefreshToken, "ada")).toEqual(invalid);
  });
});

describe("GetTokensFromRefreshToken", () => {
  const login = async () => {
    const AuthParameters = { USERNAME: "ada", PASSWORD: "Correct-horse-9-battery", SECRET_HASH: hash("ada", rotating) };
    const input = { ClientId: rotating, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters };
    return (await cognito.call("InitiateAuth", input)).body.AuthenticationResult?.RefreshToken ?? "";
  };

  test("without rotation returns no refresh token, and the old one stays valid", async () => {
    const { body } = await getTokens(tokens.RefreshToken);
    expect(body).toEqual({
      AuthenticationResult: {
        AccessToken: expect.any(String),
        IdToken: expect.any(String),
        ExpiresIn: 1800,
        TokenType: "Bearer",
      },
    });
    expect((await getTokens(tokens.RefreshToken)).status).toBe(200);
  });

  test("with rotation returns a new token; the old one works for the grace period only", async () => {
    const first = await login();
    const second = (await getTokens(first, rotating)).body.AuthenticationResult?.RefreshToken ?? "";
    expect(second).not.toBe(first);
    cognito.clock.now += 9_999;
    expect((await getTokens(first, rotating)).status).toBe(200);
    cognito.clock.now += 1;
    expect((await getTokens(first, rotating)).body.__type).toBe("RefreshTokenReuseException");
    expect((await getTokens(second, rotating)).status).toBe(200);
  });

  test("a rotated token expires when the first one would have", async () => {
    const first = await login();
    cognito.clock.now += 29 * day;
    const second = (await getTokens(first, rotating)).body.AuthenticationResult?.RefreshToken ?? "";
    cognito.clock.now += day;
    expect(await getTokens(second, rotating)).toEqual(expired);
  });

  test("revoking one token of the chain revokes all", async () => {
    const first = await login();
    const second = (await getTokens(first, rotating)).body.AuthenticationResult?.RefreshToken ?? "";
    await revoke(first, rotating);
    expect(await getTokens(second, rotating)).toEqual(revoked);
  });

  test.each([undefined, "x".repeat(51)])("rejects the client secret %p", async (given) => {
    const response = await getTokens(tokens.RefreshToken, clientId, given ?? null);
    expect(response).toEqual(failure("NotAuthorizedException", /^Unable to verify secret for client/));
  });
});

describe("RevokeToken", () => {
  test("stops refreshes and Cognito's own calls of that sign-in only", async () => {
    const second = await cognito.tokens("ada");
    expect(await revoke(tokens.RefreshToken)).toMatchObject({ status: 200, body: {} });
    expect(await cognito.refresh(tokens.RefreshToken, "ada")).toEqual(revoked);
    expect(await cognito.call("GetUser", { AccessToken: tokens.AccessToken })).toEqual(
      failure("NotAuthorizedException", "Access Token has been revoked"),
    );
    expect((await cognito.refresh(second.RefreshToken, "ada")).status).toBe(200);
  });

  test("may be repeated, and accepts unknown tokens", async () => {
    await revoke(tokens.RefreshToken);
    expect((await revoke(tokens.RefreshToken)).status).toBe(200);
    expect((await revoke("junk")).status).toBe(200);
  });

  test("rejects an access token, another client's token and a wrong secret", async () => {
    expect((await revoke(tokens.AccessToken)).body.__type).toBe("UnsupportedTokenTypeException");
    expect((await revoke(tokens.RefreshToken, other)).body.__type).toBe("UnauthorizedException");
    expect((await revoke(tokens.RefreshToken, clientId, "x".repeat(51))).body.__type).toBe("NotAuthorizedException");
    expect((await cognito.refresh(tokens.RefreshToken, "ada")).status).toBe(200);
  });

  test("rejects a client without revocation", async () => {
    cognito.apply({ client: { enable_token_revocation: false } });
    expect((await revoke(tokens.RefreshToken)).body.__type).toBe("UnsupportedOperationException");
  });
});

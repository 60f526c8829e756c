import { clientId, failure, poolArn, poolId, type Running, secret, startCognito } from "./harness";

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito({
    clients: { secondclient00000000000000: {} },
    groups: [
      { name: "admin", user_pool_id: poolId, precedence: 1, description: "may read every user", role_arn: "arn:x" },
      { name: "readers", user_pool_id: poolId },
    ],
  });
});
afterEach(() => cognito.close());

describe("ListUsers", () => {
  const names = async (input: Readonly<Record<string, unknown>>) => {
    const { body } = await cognito.admin("ListUsers", input);
    return (body.Users as { Username: string }[]).map(({ Username }) => Username);
  };
  beforeEach(async () => {
    await cognito.user("ada");
    await cognito.user("adele");
    await cognito.signUp("eve");
    await cognito.admin("AdminDisableUser", { Username: "adele" });
  });

  test.each([
    [undefined, ["ada", "adele", "eve"]],
    ["", ["ada", "adele", "eve"]],
    ['username = "ada"', ["ada"]],
    ['username ^= "ad"', ["ada", "adele"]],
    ['"email"^="eve@"', ["eve"]],
    ['cognito:user_status = "UNCONFIRMED"', ["eve"]],
    ['status = "Disabled"', ["adele"]],
    ['status = "Enabled"', ["ada", "eve"]],
    ['name = "ada"', []],
  ])("filters by %s", async (Filter, expected) => {
    expect(await names({ Filter })).toEqual(expected);
  });

  test("returns one page at a time", async () => {
    const first = (await cognito.admin("ListUsers", { Limit: 2 })).body;
    expect(first.Users).toHaveLength(2);
    expect(await names({ Limit: 2, PaginationToken: first.PaginationToken })).toEqual(["eve"]);
    expect((await cognito.admin("ListUsers", { Limit: 3 })).body.PaginationToken).toBeUndefined();
  });

  test("returns the requested attributes only", async () => {
    const { body } = await cognito.admin("ListUsers", { AttributesToGet: ["email"], Limit: 1 });
    expect(body.Users).toEqual([
      expect.objectContaining({ Username: "ada", Attributes: [{ Name: "email", Value: "ada@example.com" }] }),
    ]);
  });

  test.each([
    [{ Filter: "username like ada" }, "Error while parsing filter."],
    [{ Filter: 'nickname = "x"' }, /not supported/],
    [{ AttributesToGet: ["shoe"] }, "One or more requested attributes do not exist."],
    [{ PaginationToken: "LTE" }, "Invalid pagination token provided."],
    [{ Limit: 61 }, /^1 validation error detected: Value '61' at 'limit' failed .* less than or equal to 60$/],
  ])("rejects %j", async (input, message) => {
    expect(await cognito.admin("ListUsers", input)).toEqual(failure("InvalidParameterException", message));
  });
});

test("pools and clients can be listed", async () => {
  expect((await cognito.admin("ListUserPools", { MaxResults: 10 })).body).toEqual({
    UserPools: [{ Id: poolId, Name: "dev-users" }],
  });
  const { body } = await cognito.admin("ListUserPoolClients", { MaxResults: 1 });
  expect(body).toEqual({
    UserPoolClients: [{ ClientId: clientId, ClientName: "dev-api", UserPoolId: poolId }],
    NextToken: expect.any(String),
  });
  const rest = await cognito.admin("ListUserPoolClients", { NextToken: body.NextToken });
  expect(rest.body.UserPoolClients).toHaveLength(1);
});

test("DescribeUserPool returns the pool's settings", async () => {
  await cognito.user("ada");
  const { UserPool } = (await cognito.admin("DescribeUserPool")).body;
  expect(UserPool).toMatchObject({
    Id: poolId,
    Arn: poolArn,
    Name: "dev-users",
    AliasAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    DeletionProtection: "ACTIVE",
    EstimatedNumberOfUsers: 1,
    MfaConfiguration: "OFF",
    Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true, TemporaryPasswordValidityDays: 7 } },
  });
  expect(UserPool).toMatchObject({
    SchemaAttributes: expect.arrayContaining([expect.objectContaining({ Name: "sub" })]),
  });
});

test("DescribeUserPoolClient returns the client's settings and secret", async () => {
  const { UserPoolClient } = (await cognito.admin("DescribeUserPoolClient", { ClientId: clientId })).body;
  expect(UserPoolClient).toEqual({
    UserPoolId: poolId,
    ClientId: clientId,
    ClientName: "dev-api",
    ClientSecret: secret,
    RefreshTokenValidity: 30,
    AccessTokenValidity: 30,
    IdTokenValidity: 60,
    TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "days" },
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    AllowedOAuthFlowsUserPoolClient: false,
    PreventUserExistenceErrors: "ENABLED",
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 3,
    RefreshTokenRotation: { Feature: "DISABLED", RetryGracePeriodSeconds: 0 },
  });
  expect(await cognito.admin("DescribeUserPoolClient", { ClientId: "nope" })).toEqual(
    failure("ResourceNotFoundException", "User pool client nope does not exist."),
  );
});

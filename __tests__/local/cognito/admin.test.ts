import { failure, goodPassword, poolId, type Running, startCognito } from "./harness";

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

const ada = { Username: "ada" };
const status = async (Username = "ada") => (await cognito.admin("AdminGetUser", { Username })).body;

test("AdminGetUser finds a user by name, alias and sub", async () => {
  const sub = await cognito.user("ada");
  const seconds = cognito.clock.now / 1000;
  for (const name of ["ADA", "ada@example.com", sub]) {
    expect(await status(name)).toEqual({
      Username: "ada",
      UserAttributes: [
        { Name: "sub", Value: sub },
        { Name: "email", Value: "ada@example.com" },
        { Name: "email_verified", Value: "true" },
      ],
      UserCreateDate: seconds,
      UserLastModifiedDate: seconds,
      Enabled: true,
      UserStatus: "CONFIRMED",
    });
  }
});

test.each([
  "AdminConfirmSignUp",
  "AdminDeleteUser",
  "AdminDisableUser",
  "AdminEnableUser",
  "AdminGetUser",
  "AdminListGroupsForUser",
  "AdminUserGlobalSignOut",
])("%s rejects an unknown user and an unknown pool", async (operation) => {
  expect(await cognito.admin(operation, ada)).toEqual(failure("UserNotFoundException", "User does not exist."));
  expect(await cognito.admin(operation, { ...ada, UserPoolId: "us-east-1_unknown00" })).toEqual(
    failure("ResourceNotFoundException", "User pool us-east-1_unknown00 does not exist."),
  );
});

test("AdminConfirmSignUp confirms the account, not the address, once", async () => {
  await cognito.signUp("ada");
  expect(await cognito.admin("AdminConfirmSignUp", ada)).toMatchObject({ status: 200, body: {} });
  expect((await cognito.login("ada")).status).toBe(200);
  expect((await cognito.login("ada@example.com")).status).toBe(400);
  expect(await cognito.admin("AdminConfirmSignUp", ada)).toEqual(
    failure("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"),
  );
});

test("AdminSetUserPassword sets a password for good or until the next sign-in", async () => {
  await cognito.signUp("ada");
  const set = (Password: string, Permanent?: boolean) =>
    cognito.admin("AdminSetUserPassword", { ...ada, Password, Permanent });
  expect((await set("short", true)).body.__type).toBe("InvalidPasswordException");
  expect((await set("First-9-password", true)).status).toBe(200);
  expect((await cognito.login("ada", "First-9-password")).body.AuthenticationResult).toBeDefined();
  expect((await set("Second-9-password")).status).toBe(200);
  expect((await cognito.login("ada", "Second-9-password")).body.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  expect((await status()).UserStatus).toBe("FORCE_CHANGE_PASSWORD");
});

describe("AdminUpdateUserAttributes", () => {
  const update = (UserAttributes: unknown) => cognito.admin("AdminUpdateUserAttributes", { ...ada, UserAttributes });
  const email = { Name: "email", Value: "countess@example.org" };

  test("a new address is verified only if the administrator marks it so; otherwise a code is sent to it", async () => {
    await cognito.user("ada");
    const sent = cognito.sent.length;
    await update([email, { Name: "email_verified", Value: "true" }]);
    expect((await cognito.login("countess@example.org")).status).toBe(200);
    expect(cognito.sent).toHaveLength(sent);
    await update([{ ...email, Value: "other@example.org" }]);
    expect((await cognito.login("other@example.org")).status).toBe(400);
    expect(cognito.sent.at(-1)).toMatchObject({ destination: "other@example.org", purpose: "attribute verification" });
  });

  test("rejects an address that another user verified, and verifying no address", async () => {
    await cognito.user("ada");
    await cognito.user("eve");
    expect(
      await update([
        { Name: "email", Value: "eve@example.com" },
        { Name: "email_verified", Value: "true" },
      ]),
    ).toEqual(failure("AliasExistsException", "An account with the email already exists."));
    await cognito.admin("AdminDeleteUser", ada);
    await cognito.signUp("ada", { UserAttributes: [] });
    expect(await update([{ Name: "email_verified", Value: "true" }])).toEqual(
      failure("InvalidParameterException", "Email is required to set email_verified as true."),
    );
  });

  test("updates the date of the last change", async () => {
    await cognito.user("ada");
    cognito.clock.now += 5500;
    await update([{ Name: "nickname", Value: "Countess" }]);
    expect((await status()).UserLastModifiedDate).toBe(cognito.clock.now / 1000);
    expect((await status()).UserCreateDate).toBe(cognito.clock.now / 1000 - 5.5);
  });
});

test.each([
  ["AdminUserGlobalSignOut", "Access Token has been revoked", "Refresh Token has been revoked"],
  ["AdminDisableUser", "User is disabled.", "User is disabled."],
])("%s stops refreshes and Cognito's own calls", async (operation, get, refresh) => {
  await cognito.user("ada");
  const { AccessToken, RefreshToken } = await cognito.tokens("ada");
  expect(await cognito.admin(operation, ada)).toMatchObject({ status: 200, body: {} });
  expect(await cognito.call("GetUser", { AccessToken })).toEqual(failure("NotAuthorizedException", get));
  expect(await cognito.refresh(RefreshToken, "ada")).toEqual(failure("NotAuthorizedException", refresh));
});

test("users join, list and leave groups", async () => {
  await cognito.user("ada");
  const group = (operation: string, GroupName: string) => cognito.admin(operation, { ...ada, GroupName });
  const list = async (input = {}) => (await cognito.admin("AdminListGroupsForUser", { ...ada, ...input })).body;
  for (const name of ["readers", "admin", "admin"]) {
    expect((await group("AdminAddUserToGroup", name)).body).toEqual({});
  }
  const admin = {
    GroupName: "admin",
    UserPoolId: poolId,
    Precedence: 1,
    Description: "may read every user",
    RoleArn: "arn:x",
  };
  const readers = { GroupName: "readers", UserPoolId: poolId };
  expect(await list()).toEqual({ Groups: [admin, readers] });
  const first = await list({ Limit: 1 });
  expect(first).toEqual({ Groups: [admin], NextToken: expect.any(String) });
  expect(await list({ Limit: 1, NextToken: first.NextToken })).toEqual({ Groups: [readers] });
  await group("AdminRemoveUserFromGroup", "admin");
  expect(await list()).toEqual({ Groups: [readers] });
  for (const operation of ["AdminAddUserToGroup", "AdminRemoveUserFromGroup"]) {
    expect(await group(operation, "nobody")).toEqual(failure("ResourceNotFoundException", "Group not found."));
  }
});

test("a deleted user is gone, and the name is free again", async () => {
  await cognito.user("ada");
  expect((await cognito.admin("AdminDeleteUser", ada)).body).toEqual({});
  expect((await cognito.login("ada")).status).toBe(400);
  expect((await cognito.signUp("ada", { Password: goodPassword })).status).toBe(200);
});

import { createCognito } from "../../../local/cognito/cognito";
import { existingPoolDefaults } from "../../../local/cognito/local-user-pool";
import { random } from "../../../local/cognito/random";
import { keys } from "../../support/keys";
import { clientId, failure, iam, poolId, stack, startCognito } from "./harness";

test("users, sign-ins and keys survive a changed stack", async () => {
  const cognito = await startCognito();
  await cognito.user("ada");
  const { RefreshToken, AccessToken } = await cognito.tokens("ada");
  cognito.apply({ client: { access_token_validity: 5 }, groups: [] });
  expect((await cognito.call("GetUser", { AccessToken })).status).toBe(200);
  const { body } = await cognito.refresh(RefreshToken, "ada");
  expect(body.AuthenticationResult?.ExpiresIn).toBe(300);
  await cognito.close();
});

test("the store is plain data: it can be written to a file and read again", async () => {
  const first = await startCognito();
  await first.user("ada");
  const { RefreshToken, AccessToken } = await first.tokens("ada");
  const second = await startCognito({}, { store: JSON.parse(JSON.stringify(first.store)) });
  expect((await second.refresh(RefreshToken, "ada")).status).toBe(200);
  expect((await second.call("GetUser", { AccessToken })).status).toBe(200);
  expect((await second.login("ada")).status).toBe(200);
  await Promise.all([first.close(), second.close()]);
});

test("a group that the stack removes is removed from its users", async () => {
  const cognito = await startCognito();
  await cognito.user("ada");
  await cognito.admin("AdminAddUserToGroup", { Username: "ada", GroupName: "admin" });
  cognito.apply({ groups: [] });
  expect((await cognito.admin("AdminListGroupsForUser", { Username: "ada" })).body).toEqual({ Groups: [] });
  await cognito.close();
});

test("attributes that the stack leaves out have Cognito's defaults", async () => {
  const cognito = await startCognito({
    pool: { password_policy: undefined, auto_verified_attributes: undefined, username_configuration: undefined },
    client: {
      id_token_validity: undefined,
      access_token_validity: undefined,
      refresh_token_validity: undefined,
      token_validity_units: undefined,
      prevent_user_existence_errors: undefined,
      enable_token_revocation: undefined,
      auth_session_validity: undefined,
    },
  });
  const { UserPool } = (await cognito.admin("DescribeUserPool")).body;
  expect(UserPool).toMatchObject({
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        RequireUppercase: true,
        TemporaryPasswordValidityDays: 7,
      },
    },
    UsernameConfiguration: { CaseSensitive: true },
    AutoVerifiedAttributes: [],
  });
  const described = await cognito.admin("DescribeUserPoolClient", { ClientId: clientId });
  expect(described.body.UserPoolClient).toMatchObject({
    AccessTokenValidity: 1,
    IdTokenValidity: 1,
    RefreshTokenValidity: 30,
    TokenValidityUnits: { AccessToken: "hours", IdToken: "hours", RefreshToken: "days" },
    PreventUserExistenceErrors: "LEGACY",
    EnableTokenRevocation: true,
    AuthSessionValidity: 3,
  });
  await cognito.close();
});

test("a case-sensitive pool distinguishes names by case", async () => {
  const cognito = await startCognito({ pool: { username_configuration: [{ case_sensitive: true }] } });
  await cognito.user("Ada");
  expect((await cognito.login("Ada")).status).toBe(200);
  expect((await cognito.login("ada")).status).toBe(400);
  expect((await cognito.signUp("ada")).status).toBe(200);
  await cognito.close();
});

test("a pool without aliases finds users by their names only", async () => {
  const cognito = await startCognito({ pool: { alias_attributes: [] } });
  await cognito.user("ada");
  expect((await cognito.login("ada")).status).toBe(200);
  expect((await cognito.login("ada@example.com")).status).toBe(400);
  await cognito.close();
});

test("an existing pool that the JSON references by id has the attributes of this project's pool", async () => {
  const cognito = await startCognito({ existing: true });
  await cognito.user("Ada");
  expect((await cognito.login("ADA@example.com")).status).toBe(200);
  await cognito.close();
});

test("an existing pool can be configured with e-mail addresses as user names", async () => {
  const cognito = await startCognito({ existing: true });
  const existing = { ...existingPoolDefaults, alias_attributes: [], username_attributes: ["email"] };
  cognito.cognito.apply(stack({ existing: true }), iam, existing);
  expect(await cognito.signUp("ada")).toEqual(failure("InvalidParameterException", "Username should be an email."));
  const email = "Ada@example.com";
  const { body } = await cognito.signUp(email, { UserAttributes: [] });
  await cognito.as(email, "ConfirmSignUp", { ConfirmationCode: cognito.lastCode() });
  expect((await cognito.login("ada@example.com")).status).toBe(200);
  expect((await cognito.admin("AdminGetUser", { Username: email })).body.Username).toBe(body.UserSub);
  expect((await cognito.signUp("ADA@example.com", { UserAttributes: [] })).body.__type).toBe("UsernameExistsException");
  await cognito.close();
});

test("keys are generated when a pool first needs them, and unknown pools have none", () => {
  const key = jest.spyOn(random, "key").mockReturnValueOnce(keys.id).mockReturnValueOnce(keys.access);
  const cognito = createCognito({ now: () => 0, deliver: () => {} });
  expect(cognito.jwks(poolId)).toBeUndefined();
  cognito.apply(stack(), iam);
  expect(key).not.toHaveBeenCalled();
  const first = cognito.jwks(poolId);
  expect(first?.keys).toHaveLength(2);
  expect(cognito.jwks(poolId)).toEqual(first);
  expect(key).toHaveBeenCalledTimes(2);
  key.mockRestore();
});

import { clientId, failure, goodPassword, hash, type Running, startCognito } from "./harness";

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito({ pool: { schema: [{ name: "nickname", attribute_data_type: "String" }] } });
  await cognito.user("ada");
});
afterEach(() => cognito.close());

const attributes = async () => {
  const { body } = await cognito.admin("AdminGetUser", { Username: "ada" });
  return (body.UserAttributes as { Name: string }[]).map(({ Name }) => Name).sort();
};

test("AdminResetUserPassword ends sign-in by the old password until the mailed code sets a new one", async () => {
  expect((await cognito.admin("AdminResetUserPassword", { Username: "ada" })).status).toBe(200);
  expect((await cognito.login("ada")).body.__type).toBe("PasswordResetRequiredException");
  const changed = "Another-horse-9-battery";
  const reset = { ConfirmationCode: cognito.lastCode(), Password: changed };
  expect((await cognito.as("ada", "ConfirmForgotPassword", reset)).status).toBe(200);
  expect((await cognito.login("ada", changed)).status).toBe(200);
});

test("AdminResetUserPassword needs a confirmed user", async () => {
  await cognito.signUp("eve");
  expect((await cognito.admin("AdminResetUserPassword", { Username: "eve" })).body.__type).toBe(
    "NotAuthorizedException",
  );
});

test("GetUserAttributeVerificationCode mails a code that VerifyUserAttribute takes", async () => {
  const { AccessToken } = await cognito.tokens("ada");
  await cognito.admin("AdminUpdateUserAttributes", {
    Username: "ada",
    UserAttributes: [{ Name: "email_verified", Value: "false" }],
  });
  const before = cognito.sent.length;
  const { body } = await cognito.call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
  expect(body.CodeDeliveryDetails).toMatchObject({ Destination: "a***@e***", AttributeName: "email" });
  expect(cognito.sent).toHaveLength(before + 1);
  const verified = { AccessToken, AttributeName: "email", Code: cognito.lastCode() };
  expect((await cognito.call("VerifyUserAttribute", verified)).status).toBe(200);
  const other = { AccessToken, AttributeName: "nickname" };
  expect((await cognito.call("GetUserAttributeVerificationCode", other)).body.__type).toBe("InvalidParameterException");
});

test("attributes are deleted by their owner and by an administrator, an address with its flag", async () => {
  const { AccessToken } = await cognito.tokens("ada");
  const UserAttributes = [{ Name: "nickname", Value: "A" }];
  await cognito.call("UpdateUserAttributes", { AccessToken, UserAttributes });
  expect(await attributes()).toEqual(["email", "email_verified", "nickname", "sub"]);
  expect((await cognito.call("DeleteUserAttributes", { AccessToken, UserAttributeNames: ["nickname"] })).status).toBe(
    200,
  );
  await cognito.admin("AdminDeleteUserAttributes", { Username: "ada", UserAttributeNames: ["email"] });
  expect(await attributes()).toEqual(["sub"]);
  expect(await cognito.call("DeleteUserAttributes", { AccessToken, UserAttributeNames: ["sub"] })).toEqual(
    failure("InvalidParameterException", "Cannot delete the attribute sub"),
  );
});

test("a client of another pool is unknown to AdminInitiateAuth", async () => {
  const AuthParameters = { USERNAME: "ada", PASSWORD: goodPassword, SECRET_HASH: hash("ada") };
  const input = { AuthFlow: "ADMIN_USER_PASSWORD_AUTH", AuthParameters };
  expect((await cognito.admin("AdminInitiateAuth", { ...input, ClientId: "other" })).body.__type).toBe(
    "ResourceNotFoundException",
  );
  const unsigned = { ...input, ClientId: clientId, UserPoolId: "us-east-1_aBcDeFgHi" };
  expect((await cognito.call("AdminInitiateAuth", unsigned)).body.__type).toBe("MissingAuthenticationTokenException");
});

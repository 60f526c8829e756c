import { clientId, failure, goodPassword, hash, type Running, startCognito } from "./harness";

const temporary = "Temporary-9-password";
let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito();
});
afterEach(() => cognito.close());

const create = (input: Readonly<Record<string, unknown>> = {}) =>
  cognito.admin("AdminCreateUser", {
    Username: "Ada",
    TemporaryPassword: temporary,
    UserAttributes: [
      { Name: "email", Value: "ada@example.com" },
      { Name: "email_verified", Value: "true" },
    ],
    ...input,
  });

async function session(): Promise<string> {
  const { body } = await cognito.login("ada", temporary);
  return String(body.Session);
}
const respond = (Session: string, responses: Readonly<Record<string, unknown>> = {}, input = {}) =>
  cognito.call("RespondToAuthChallenge", {
    ClientId: clientId,
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session,
    ChallengeResponses: { USERNAME: "ada", NEW_PASSWORD: goodPassword, SECRET_HASH: hash("ada"), ...responses },
    ...input,
  });

test("a user created by an administrator gets the temporary password by mail and must change it", async () => {
  const { body } = await create();
  expect(body).toEqual({
    User: {
      Username: "ada",
      Attributes: [
        { Name: "sub", Value: expect.any(String) },
        { Name: "email", Value: "ada@example.com" },
        { Name: "email_verified", Value: "true" },
      ],
      UserCreateDate: cognito.clock.now / 1000,
      UserLastModifiedDate: cognito.clock.now / 1000,
      Enabled: true,
      UserStatus: "FORCE_CHANGE_PASSWORD",
    },
  });
  const mail = { username: "ada", destination: "ada@example.com", code: temporary, purpose: "temporary password" };
  expect(cognito.sent).toEqual([mail]);
  expect((await cognito.login("ada@example.com", temporary)).body).toEqual({
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session: expect.stringMatching(/^[\w-]{20,2048}$/),
    ChallengeParameters: {
      USER_ID_FOR_SRP: "ada",
      requiredAttributes: "[]",
      userAttributes: '{"email":"ada@example.com","email_verified":"true"}',
    },
  });
});

test("the new password signs in and confirms the user", async () => {
  await create();
  const { body } = await respond(await session());
  expect(body.AuthenticationResult).toMatchObject({ TokenType: "Bearer", RefreshToken: expect.any(String) });
  expect((await cognito.admin("AdminGetUser", { Username: "ada" })).body.UserStatus).toBe("CONFIRMED");
  expect((await cognito.login("ada", temporary)).status).toBe(400);
  expect((await cognito.login("ada")).body.ChallengeName).toBeUndefined();
});

test("a session works once, but survives a password that the policy rejects", async () => {
  await create();
  const open = await session();
  expect(await respond(open, { NEW_PASSWORD: "short" })).toEqual(
    failure("InvalidPasswordException", "Password did not conform with policy: Password not long enough"),
  );
  expect((await respond(open)).status).toBe(200);
  expect(await respond(open)).toEqual(
    failure("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
  );
});

test("a session expires after the client's minutes", async () => {
  await create();
  const open = await session();
  cognito.clock.now += 3 * 60_000;
  expect(await respond(open)).toEqual(
    failure("NotAuthorizedException", "Invalid session for the user, session is expired."),
  );
});

test("removes a session 15 minutes after it expired", async () => {
  await create();
  const open = await session();
  cognito.clock.now += 18 * 60_000 + 1;
  await session();
  expect(await respond(open)).toEqual(failure("NotAuthorizedException", "Invalid session for the user."));
});

describe("rejects", () => {
  const invalid = failure("NotAuthorizedException", "Invalid session for the user.");

  test("a session of another user, challenge or client, and an unknown one", async () => {
    await create();
    await cognito.user("eve");
    const open = await session();
    expect(await respond(open, { USERNAME: "eve", SECRET_HASH: hash("eve") })).toEqual(invalid);
    expect(await respond(open, {}, { ChallengeName: "SOFTWARE_TOKEN_MFA" })).toEqual(invalid);
    expect(await respond("constructor".repeat(3))).toEqual(invalid);
    cognito.apply({ clients: { secondclient: { client_secret: "" } } });
    expect(await respond(open, { SECRET_HASH: undefined }, { ClientId: "secondclient" })).toEqual(invalid);
  });

  test("the secret hash over the alias", async () => {
    await create();
    const open = await session();
    const alias = "ada@example.com";
    expect(await respond(open, { USERNAME: alias, SECRET_HASH: hash(alias) })).toEqual(
      failure("NotAuthorizedException", `Unable to verify secret hash for client ${clientId}`),
    );
    expect((await respond(open, { USERNAME: alias })).status).toBe(200);
  });

  test.each([
    ["USERNAME", { USERNAME: undefined }, {}],
    ["NEW_PASSWORD", { NEW_PASSWORD: undefined }, {}],
    ["Session", {}, { Session: undefined }],
  ])("a response without %s", async (name, responses, input) => {
    await create();
    expect(await respond(await session(), responses, input)).toEqual(
      failure("InvalidParameterException", `Missing required parameter ${name}`),
    );
  });

  test("a user who has been disabled since", async () => {
    await create();
    const open = await session();
    await cognito.admin("AdminDisableUser", { Username: "ada" });
    expect(await respond(open)).toEqual(failure("NotAuthorizedException", "User is disabled."));
  });

  test("a temporary password after the policy's days", async () => {
    await create();
    cognito.clock.now += 7 * 86_400_000;
    expect(await cognito.login("ada", temporary)).toEqual(
      failure("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator."),
    );
  });
});

test("attributes that the pool requires by now are requested and sent with the new password", async () => {
  await create();
  cognito.apply({ pool: { schema: [{ name: "name", attribute_data_type: "String", required: true }] } });
  const { body } = await cognito.login("ada", temporary);
  expect(body.ChallengeParameters).toMatchObject({ requiredAttributes: '["userAttributes.name"]' });
  expect(await respond(String(body.Session))).toEqual(
    failure("InvalidParameterException", "Attributes did not conform to the schema: name: The attribute is required\n"),
  );
  expect((await respond(String(body.Session), { "userAttributes.name": "Ada" })).status).toBe(200);
  expect((await cognito.admin("AdminGetUser", { Username: "ada" })).body.UserAttributes).toContainEqual({
    Name: "name",
    Value: "Ada",
  });
});

describe("MessageAction", () => {
  test("SUPPRESS sends nothing", async () => {
    await create({ MessageAction: "SUPPRESS" });
    expect(cognito.sent).toEqual([]);
    expect((await cognito.login("ada", temporary)).status).toBe(200);
  });

  test("RESEND sends a new password, which the policy accepts, and voids the old one", async () => {
    await create();
    expect((await create({ MessageAction: "RESEND", TemporaryPassword: undefined })).status).toBe(200);
    expect(cognito.lastCode()).not.toBe(temporary);
    expect((await cognito.login("ada", temporary)).status).toBe(400);
    expect((await cognito.login("ada", cognito.lastCode())).status).toBe(200);
  });

  test("RESEND rejects a user who has a password of their own, and an unknown one", async () => {
    await cognito.user("ada");
    expect(await create({ MessageAction: "RESEND" })).toEqual(
      failure("UnsupportedUserStateException", /status is not FORCE_CHANGE_PASSWORD/),
    );
    expect(await create({ Username: "zoe", MessageAction: "RESEND" })).toEqual(
      failure("UserNotFoundException", "User does not exist."),
    );
  });
});

test("rejects a user name or a verified address that is taken", async () => {
  await create();
  expect(await create()).toEqual(failure("UsernameExistsException", "User account already exists"));
  expect(await create({ Username: "eve" })).toEqual(
    failure("AliasExistsException", "An account with the email already exists."),
  );
  expect((await create({ Username: "eve", ForceAliasCreation: true })).status).toBe(200);
});

test("rejects a verified address without an address", async () => {
  expect(await create({ UserAttributes: [{ Name: "email_verified", Value: "true" }] })).toEqual(
    failure("InvalidParameterException", "Email is required to set email_verified as true."),
  );
});

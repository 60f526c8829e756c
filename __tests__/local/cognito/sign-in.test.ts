import { clientId, failure, goodPassword, hash, type Running, startCognito } from "./harness";

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito();
  await cognito.user("ada");
});
afterEach(() => cognito.close());

const incorrect = failure("NotAuthorizedException", "Incorrect username or password.");
const initiate = (input: Readonly<Record<string, unknown>>) =>
  cognito.call("InitiateAuth", { ClientId: clientId, AuthFlow: "USER_PASSWORD_AUTH", ...input });

test.each(["ada", "ADA", "ada@example.com", "Ada@Example.com"])("signs in as %s", async (name) => {
  expect((await cognito.login(name)).status).toBe(200);
});

test("signs in by the sub", async () => {
  const sub = await cognito.user("eve");
  expect((await cognito.login(sub)).status).toBe(200);
});

test("returns the same error for a wrong password and for an unknown user", async () => {
  expect(await cognito.login("ada", "wrong")).toEqual(incorrect);
  expect(await cognito.login("zoe")).toEqual(incorrect);
});

test("names the unknown user without prevent_user_existence_errors", async () => {
  cognito.apply({ client: { prevent_user_existence_errors: "LEGACY" } });
  expect(await cognito.login("zoe")).toEqual(failure("UserNotFoundException", "User does not exist."));
  expect(await cognito.login("ada", "wrong")).toEqual(incorrect);
});

test("an unconfirmed user learns so after the right password only, and cannot use the address", async () => {
  await cognito.signUp("eve");
  expect(await cognito.login("eve", "wrong")).toEqual(incorrect);
  expect(await cognito.login("eve")).toEqual(failure("UserNotConfirmedException", "User is not confirmed."));
  expect(await cognito.login("eve@example.com")).toEqual(incorrect);
});

test("a disabled user learns so after the right password only", async () => {
  await cognito.admin("AdminDisableUser", { Username: "ada" });
  expect(await cognito.login("ada", "wrong")).toEqual(incorrect);
  expect(await cognito.login("ada")).toEqual(failure("NotAuthorizedException", "User is disabled."));
  await cognito.admin("AdminEnableUser", { Username: "ada" });
  expect((await cognito.login("ada")).status).toBe(200);
});

describe("lock-out", () => {
  const exceeded = failure("NotAuthorizedException", "Password attempts exceeded");
  const miss = async (times: number) => {
    for (let i = 0; i < times; i++) expect(await cognito.login("ada", "wrong")).toEqual(incorrect);
  };

  test("starts with the fifth wrong password, for one second, whatever the next password", async () => {
    await miss(5);
    expect(await cognito.login("ada")).toEqual(exceeded);
    cognito.clock.now += 999;
    expect(await cognito.login("ada")).toEqual(exceeded);
    cognito.clock.now += 1;
    expect((await cognito.login("ada")).status).toBe(200);
  });

  test("doubles with every further wrong password; attempts while locked out do not count", async () => {
    await miss(5);
    for (const seconds of [1, 2, 4, 8]) {
      expect(await cognito.login("ada", "wrong")).toEqual(exceeded);
      cognito.clock.now += seconds * 1000 - 1;
      expect(await cognito.login("ada")).toEqual(exceeded);
      cognito.clock.now += 1;
      await miss(1);
    }
  });

  test("never lasts longer than 15 minutes, and 15 minutes without an attempt reset the count", async () => {
    await miss(5);
    for (let i = 0; i < 10; i++) {
      cognito.clock.now += 900_000;
      await miss(1);
    }
    cognito.clock.now += 899_999;
    expect(await cognito.login("ada")).toEqual(exceeded);
    cognito.clock.now += 2;
    await miss(5);
    expect(await cognito.login("ada")).toEqual(exceeded);
    cognito.clock.now += 1000;
    await miss(1);
  });

  test("a correct password resets the count", async () => {
    await miss(4);
    expect((await cognito.login("ada")).status).toBe(200);
    await miss(4);
    expect((await cognito.login("ada")).status).toBe(200);
  });
});

describe("rejects", () => {
  const right = { USERNAME: "ada", PASSWORD: goodPassword, SECRET_HASH: hash("ada") };
  test.each([
    ["no user name", { PASSWORD: "x" }, "InvalidParameterException", "Missing required parameter USERNAME"],
    ["no password", { USERNAME: "ada" }, "InvalidParameterException", "Missing required parameter PASSWORD"],
    [
      "no secret hash",
      { ...right, SECRET_HASH: undefined },
      "NotAuthorizedException",
      `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    ],
    [
      "the secret hash of another name",
      { ...right, SECRET_HASH: hash("ada@example.com") },
      "NotAuthorizedException",
      `Unable to verify secret hash for client ${clientId}`,
    ],
  ])("%s", async (_, AuthParameters, type, message) => {
    expect(await initiate({ AuthParameters })).toEqual(failure(type, message));
  });

  test.each([
    ["USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."],
    ["CUSTOM_AUTH", "CUSTOM_AUTH flow not enabled for this client"],
    ["USER_AUTH", "USER_AUTH is not enabled for the client."],
    ["ADMIN_USER_PASSWORD_AUTH", "Initiate Auth method not supported."],
  ])("the flow %s", async (AuthFlow, message) => {
    expect(await initiate({ AuthFlow, AuthParameters: right })).toEqual(failure("InvalidParameterException", message));
  });

  test("a flow that the client does not allow", async () => {
    cognito.apply({ client: { explicit_auth_flows: [] } });
    expect(await initiate({ AuthParameters: right })).toEqual(
      failure("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"),
    );
    expect(await cognito.refresh("x", "ada")).toEqual(
      failure("InvalidParameterException", "REFRESH_TOKEN_AUTH flow not enabled for this client"),
    );
  });

  test("an unknown client", async () => {
    expect(await initiate({ ClientId: "nope", AuthParameters: right })).toEqual(
      failure("ResourceNotFoundException", "User pool client nope does not exist."),
    );
  });
});

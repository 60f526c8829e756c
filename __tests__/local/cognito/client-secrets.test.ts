/** AddUserPoolClientSecret, ListUserPoolClientSecrets, DeleteUserPoolClientSecret: two secrets of one app client. */
import { secretHash } from "../../../local/cognito/secret-hash";
import { clientId, failure, goodPassword, type Running, secret, startCognito } from "./harness";

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito({ clients: { publicclient00000000000000: { client_secret: "" } } });
  await cognito.user("ada");
});
afterEach(() => cognito.close());

const ofClient = { ClientId: clientId };
const newSecret = "another-secret-of-the-app-client".replaceAll("-", "_");
const add = (ClientSecret?: string) =>
  cognito.admin("AddUserPoolClientSecret", { ...ofClient, ...(ClientSecret && { ClientSecret }) });
const list = async () =>
  (await cognito.admin("ListUserPoolClientSecrets", ofClient)).body.ClientSecrets as { ClientSecretId: string }[];
const remove = (ClientSecretId: string) => cognito.admin("DeleteUserPoolClientSecret", { ...ofClient, ClientSecretId });
const signIn = async (value: string) =>
  (
    await cognito.call("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: "ada", PASSWORD: goodPassword, SECRET_HASH: secretHash(value, "ada", clientId) },
    })
  ).status;
const described = async () =>
  ((await cognito.admin("DescribeUserPoolClient", ofClient)).body.UserPoolClient as { ClientSecret: string })
    .ClientSecret;

test("a generated secret is returned once, and lists name no secret", async () => {
  const { ClientSecretDescriptor } = (await add()).body;
  expect(ClientSecretDescriptor).toEqual({
    ClientSecretId: `${clientId}--${Math.floor(cognito.clock.now / 1000)}`,
    ClientSecretValue: expect.stringMatching(/^[a-z\d]{51}$/),
    ClientSecretCreateDate: cognito.clock.now / 1000,
  });
  expect(JSON.stringify(await list())).not.toContain("Value");
  expect(await list()).toHaveLength(2);
});

test("both secrets are accepted, until one is deleted", async () => {
  expect((await add(newSecret)).body.ClientSecretDescriptor).not.toHaveProperty("ClientSecretValue");
  expect(await Promise.all([secret, newSecret, "neither_of_both_secrets__"].map(signIn))).toEqual([200, 200, 400]);
  expect(await described()).toBe(secret);
  const [oldest] = await list();
  await remove(oldest?.ClientSecretId ?? "");
  expect(await Promise.all([secret, newSecret].map(signIn))).toEqual([400, 200]);
  expect(await described()).toBe(newSecret);
});

test("RevokeToken takes both secrets, too", async () => {
  await add(newSecret);
  const revoke = async (ClientSecret: string) =>
    (await cognito.call("RevokeToken", { ClientId: clientId, ClientSecret, Token: "no.such.token" })).body.message;
  const unknown = await revoke(secret);
  expect(await revoke(newSecret)).toBe(unknown);
  expect(await revoke("neither_of_both_secrets__")).toBe(`Unable to verify secret for client ${clientId}`);
});

test("rejects a third secret, the deletion of the last one, and of one that does not exist", async () => {
  const [only] = await list();
  expect((await remove(only?.ClientSecretId ?? "")).body.__type).toBe("InvalidParameterException");
  expect((await remove(`${clientId}--1`)).body.__type).toBe("ResourceNotFoundException");
  await add();
  expect((await add()).body.__type).toBe("LimitExceededException");
});

test("rejects a secret for a client without one, and one that is too short", async () => {
  const ofPublic = await cognito.admin("AddUserPoolClientSecret", { ClientId: "publicclient00000000000000" });
  expect(ofPublic).toEqual(failure("InvalidParameterException", "Client publicclient00000000000000 has no secret."));
  expect((await add("short")).body.__type).toBe("InvalidParameterException");
});

import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { keys, pairOf } from "../../support/keys";
import { failure, goodPassword, poolId, type Running, startCognito, type Tokens } from "./harness";

let cognito: Running;
let tokens: Tokens;
beforeEach(async () => {
  cognito = await startCognito({
    pool: { schema: [{ name: "badge", attribute_data_type: "String", mutable: false }] },
  });
  await cognito.user("ada");
  tokens = await cognito.tokens("ada");
});
afterEach(() => cognito.close());

const call = (operation: string, input: Readonly<Record<string, unknown>> = {}) =>
  cognito.call(operation, { AccessToken: tokens.AccessToken, ...input });
const update = (Name: string, Value: string) => call("UpdateUserAttributes", { UserAttributes: [{ Name, Value }] });
const attribute = async (wanted: string) => {
  const { UserAttributes } = (await call("GetUser")).body;
  return (UserAttributes as { Name: string; Value: string }[]).find(({ Name }) => Name === wanted)?.Value;
};
const revoked = failure("NotAuthorizedException", "Access Token has been revoked");
const invalid = failure("NotAuthorizedException", "Invalid Access Token");

test("GetUser returns the user's name and attributes", async () => {
  expect((await call("GetUser")).body).toEqual({
    Username: "ada",
    UserAttributes: [
      { Name: "sub", Value: expect.any(String) },
      { Name: "email", Value: "ada@example.com" },
      { Name: "email_verified", Value: "true" },
    ],
  });
});

describe("rejects", () => {
  const claims = { iss: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`, token_use: "access" };
  const sign = (payload: Record<string, unknown>, alg: string, key: Parameters<SignJWT["sign"]>[0]) =>
    new SignJWT(payload).setProtectedHeader({ alg, kid: "access-key" }).setExpirationTime("1h").sign(key);
  const { privateKey: accessKey } = pairOf(keys.access);
  const forged: readonly (readonly [string, () => string | Promise<string>])[] = [
    ["text that is no token", () => "junk"],
    ["an id token", () => tokens.IdToken],
    ["a refresh token", () => tokens.RefreshToken],
    ["a token whose signature was changed", () => `${tokens.AccessToken.slice(0, -8)}AAAAAAAA`],
    ["an unsigned token", () => `eyJhbGciOiJub25lIn0.${tokens.AccessToken.split(".")[1]}.`],
    ["a token signed with the public key as a secret", () => sign(claims, "HS256", Buffer.from(String(keys.access.n)))],
    ["another issuer's token", () => sign({ ...claims, iss: "https://example.com" }, "RS256", accessKey)],
    ["another client's token", () => sign({ ...claims, client_id: "nope" }, "RS256", accessKey)],
  ];
  test.each(forged)("%s", async (_, token) => {
    expect(await call("GetUser", { AccessToken: await token() })).toEqual(invalid);
  });

  test("an expired access token", async () => {
    cognito.clock.now += 30 * 60_000;
    expect(await call("GetUser")).toEqual(failure("NotAuthorizedException", "Access Token has expired"));
  });

  test("the token of a deleted user", async () => {
    await cognito.admin("AdminDeleteUser", { Username: "ada" });
    expect(await call("GetUser")).toEqual(failure("UserNotFoundException", "User does not exist."));
  });

  test("the token of a sign-in that the pool does not know", async () => {
    const { client_id, sub } = JSON.parse(Buffer.from(tokens.AccessToken.split(".")[1] ?? "", "base64url").toString());
    const token = await sign({ ...claims, client_id, sub, origin_jti: randomUUID() }, "RS256", accessKey);
    expect(await call("GetUser", { AccessToken: token })).toEqual(revoked);
  });
});

describe("UpdateUserAttributes", () => {
  test("changes, adds and removes attributes", async () => {
    expect(await update("nickname", "Countess")).toMatchObject({ status: 200, body: { CodeDeliveryDetailsList: [] } });
    expect(await attribute("nickname")).toBe("Countess");
    await update("nickname", "");
    expect(await attribute("nickname")).toBeUndefined();
  });

  test("sends a code to a new address, which is verified once the code comes back", async () => {
    expect((await update("email", "countess@example.org")).body).toEqual({
      CodeDeliveryDetailsList: [{ Destination: "c***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" }],
    });
    expect(await attribute("email_verified")).toBe("false");
    expect(cognito.sent.at(-1)).toMatchObject({
      destination: "countess@example.org",
      purpose: "attribute verification",
    });
    const verify = (Code: string) => call("VerifyUserAttribute", { AttributeName: "email", Code });
    expect((await verify("none")).body.__type).toBe("CodeMismatchException");
    expect((await verify(cognito.lastCode())).status).toBe(200);
    expect(await attribute("email_verified")).toBe("true");
    expect((await cognito.login("countess@example.org")).status).toBe(200);
  });

  test("rejects verifying anything but an address", async () => {
    expect(await call("VerifyUserAttribute", { AttributeName: "nickname", Code: "123456" })).toEqual(
      failure("InvalidParameterException", /can be verified/),
    );
  });

  test("rejects changing an immutable attribute, unknown ones and the verified flag", async () => {
    expect((await update("custom:badge", "7")).status).toBe(200);
    expect(await update("custom:badge", "8")).toEqual(
      failure("InvalidParameterException", "user.custom:badge: Attribute cannot be updated.\n"),
    );
    expect(await update("shoe", "9")).toEqual(failure("InvalidParameterException", /does not exist in the schema/));
    expect(await update("email_verified", "true")).toEqual(
      failure("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
    );
  });
});

test("ChangePassword asks for the old password and the policy", async () => {
  const ProposedPassword = "Another-horse-9-battery";
  expect(await call("ChangePassword", { PreviousPassword: "wrong", ProposedPassword })).toEqual(
    failure("NotAuthorizedException", "Incorrect username or password."),
  );
  expect(await call("ChangePassword", { PreviousPassword: goodPassword, ProposedPassword: "short" })).toEqual(
    failure("InvalidPasswordException", "Password did not conform with policy: Password not long enough"),
  );
  expect(await call("ChangePassword", { PreviousPassword: goodPassword, ProposedPassword })).toMatchObject({
    status: 200,
    body: {},
  });
  expect((await cognito.login("ada")).status).toBe(400);
  expect((await cognito.login("ada", ProposedPassword)).status).toBe(200);
  expect((await call("GetUser")).status).toBe(200);
});

test("GlobalSignOut ends every sign-in of that user only", async () => {
  await cognito.user("eve");
  const eve = await cognito.tokens("eve");
  const second = await cognito.tokens("ada");
  expect(await call("GlobalSignOut")).toMatchObject({ status: 200, body: {} });
  expect(await call("GetUser")).toEqual(revoked);
  expect(await call("GetUser", { AccessToken: second.AccessToken })).toEqual(revoked);
  expect((await cognito.refresh(second.RefreshToken, "ada")).status).toBe(400);
  expect((await call("GetUser", { AccessToken: eve.AccessToken })).status).toBe(200);
  expect((await cognito.login("ada")).status).toBe(200);
});

test("DeleteUser removes the user and returns no body", async () => {
  const response = await call("DeleteUser");
  expect(response).toMatchObject({ status: 200, body: {} });
  expect((await cognito.login("ada")).status).toBe(400);
  expect((await cognito.admin("AdminGetUser", { Username: "ada" })).body.__type).toBe("UserNotFoundException");
});

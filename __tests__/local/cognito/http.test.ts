import { failure, operatorHeader, poolId, type Running, startCognito } from "./harness";

let cognito: Running;
beforeAll(async () => {
  cognito = await startCognito();
});
afterAll(() => cognito.close());

const serialization = (message: string | RegExp) => failure("SerializationException", message);
const notJson = serialization("Could not parse the request body as JSON");

test("an error carries AWS's headers", async () => {
  const { headers } = await cognito.call("InitiateAuth", { ClientId: "nope", AuthFlow: "USER_PASSWORD_AUTH" });
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
    "x-amzn-errortype": "ResourceNotFoundException:",
    "x-amzn-errormessage": "User pool client nope does not exist.",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": expect.stringContaining("x-amzn-ErrorType"),
  });
});

test("a response carries a request id and no error", async () => {
  const { headers } = await cognito.signUp("ada");
  expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
  expect(headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get("x-amzn-errortype")).toBeNull();
});

test("a browser may send requests from any origin", async () => {
  const response = await fetch(cognito.url, { method: "OPTIONS" });
  expect(response.status).toBe(200);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-headers")).toContain("X-Amz-Target");
  expect(response.headers.get("access-control-allow-methods")).toBe("POST");
});

describe("rejects", () => {
  test.each(["AdminLinkProviderForUser", "SetUICustomization", "constructor", "__proto__"])(
    "the operation %s by name",
    async (operation) => {
      expect(await cognito.admin(operation)).toEqual(
        failure("UnknownOperationException", `${operation} is not emulated by the local Cognito`),
      );
    },
  );

  test("another service, another content type, and no target", async () => {
    const unknown = failure("UnknownOperationException", "");
    const headers = cognito.headersOf("SignUp");
    expect(await cognito.raw({ ...headers, "X-Amz-Target": "DynamoDB_20120810.ListTables" }, "{}")).toEqual(unknown);
    expect(await cognito.raw({ ...headers, "Content-Type": "application/json" }, "{}")).toEqual(unknown);
    expect(await cognito.raw({ "Content-Type": "application/x-amz-json-1.1" }, "{}")).toEqual(unknown);
  });

  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["invalid UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
  ])("a body that is %s", async (_, body) => {
    expect(await cognito.raw(cognito.headersOf("SignUp"), body)).toEqual(notJson);
  });

  test.each(["[]", "null", '"text"', "5"])("the body %s", async (body) => {
    expect(await cognito.raw(cognito.headersOf("SignUp"), body)).toEqual(serialization("Unexpected field type"));
  });

  test("a body of more than a megabyte", async () => {
    const body = JSON.stringify({ ClientId: "x".repeat(1024 * 1024) });
    expect(await cognito.raw(cognito.headersOf("SignUp"), body)).toEqual(serialization(/exceeds 1048576 bytes/));
  });

  test.each([
    [{ ClientId: 5 }, "NUMBER_VALUE cannot be converted to String"],
    [{ ClientId: true }, "TRUE_VALUE cannot be converted to String"],
    [{ ClientId: {} }, "Start of structure or map found where not expected."],
    [{ ClientId: [] }, "Start of list found where not expected"],
    [{ ForceAliasCreation: "true" }, "STRING_VALUE cannot be converted to Boolean"],
    [{ ClientMetadata: ["x"] }, "Start of list found where not expected"],
    [{ ClientMetadata: { a: 1 } }, "NUMBER_VALUE cannot be converted to String"],
  ])("the wrong type of %j", async (input, message) => {
    expect(await cognito.as("ada", "ConfirmSignUp", { ConfirmationCode: "1", ...input })).toEqual(
      serialization(message),
    );
  });

  const invalid = (text: string) => failure("InvalidParameterException", text);
  const broken = (member: string, constraint: string) =>
    `${member} failed to satisfy constraint: Member must ${constraint}`;
  test.each([
    ["ClientId", { ClientId: undefined }, broken("Value null at 'clientId'", "not be null")],
    [
      "ClientId",
      { ClientId: "a-b" },
      broken("Value 'a-b' at 'clientId'", "satisfy regular expression pattern: [\\w+]+"),
    ],
    [
      "Username",
      { Username: "a b" },
      broken("Value at 'username'", "satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"),
    ],
    ["Username", { Username: "a".repeat(129) }, broken("Value at 'username'", "have length less than or equal to 128")],
    ["ConfirmationCode", { ConfirmationCode: null }, broken("Value null at 'confirmationCode'", "not be null")],
  ])("a %s that breaks its constraint", async (_, input, text) => {
    expect(await cognito.as("ada", "ConfirmSignUp", { ConfirmationCode: "1", ...input })).toEqual(
      invalid(`1 validation error detected: ${text}`),
    );
  });

  test("a password of a hundred thousand characters, at once", async () => {
    expect(await cognito.signUp("ada", { Password: `${"x".repeat(100_000)} ` })).toEqual(
      invalid(`1 validation error detected: ${broken("Value at 'password'", "have length less than or equal to 256")}`),
    );
  });

  test("a value too long for a header, in the body whole", async () => {
    const { body, headers } = await cognito.call("GetTokensFromRefreshToken", { ClientId: "x".repeat(50_000) });
    expect(body.message?.length).toBeGreaterThan(50_000);
    expect(headers.get("x-amzn-errormessage")).toHaveLength(1000);
  });

  test("every broken constraint at once, in lists too", async () => {
    const UserAttributes = [{ Name: "email", Value: "a" }, { Value: "x".repeat(2049) }];
    expect(await cognito.signUp("ada", { UserAttributes })).toEqual(
      invalid(
        `2 validation errors detected: ${broken("Value null at 'userAttributes.2.member.name'", "not be null")}; ${broken("Value at 'userAttributes.2.member.value'", "have length less than or equal to 2048")}`,
      ),
    );
  });

  test("a value outside an enumeration", async () => {
    expect(await cognito.admin("AdminCreateUser", { Username: "ada", MessageAction: "NOPE" })).toEqual(
      invalid(
        `1 validation error detected: ${broken("Value 'NOPE' at 'messageAction'", "satisfy enum value set: [RESEND, SUPPRESS]")}`,
      ),
    );
  });
});

test("an internal error has a fixed text, and is logged", async () => {
  const broken = await startCognito();
  await broken.user("ada");
  Object.defineProperty(broken.store[poolId], "keys", {
    get() {
      throw new Error("canary");
    },
  });
  const response = await broken.login("ada");
  expect(response).toMatchObject({
    status: 500,
    body: { __type: "InternalErrorException", message: "Something went wrong" },
  });
  expect(broken.log.join("\n")).toContain("canary");
  await broken.close();
});

test("serves an issuer's documents, for known pools only", async () => {
  const get = (path: string) => fetch(cognito.url + path);
  expect(await (await get(`/${poolId}/.well-known/openid-configuration`)).json()).toMatchObject({
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
    jwks_uri: `${cognito.url}/${poolId}/.well-known/jwks.json`,
  });
  for (const path of ["/", "/us-east-1_x/.well-known/jwks.json", "/us-east-1_x/.well-known/openid-configuration"]) {
    expect((await get(path)).status).toBe(404);
  }
  expect((await fetch(cognito.url, { method: "PUT" })).status).toBe(404);
  expect((await fetch(`${cognito.url}/x`, { method: "POST" })).status).toBe(404);
});

test("the last code of a user can be looked up by name and by address, not from another origin", async () => {
  await cognito.signUp("bea");
  const look = (name: string) => fetch(`${cognito.url}/_local/code?username=${encodeURIComponent(name)}`);
  for (const name of ["bea", "BEA", "bea@example.com"]) {
    const response = await look(name);
    expect(await response.text()).toBe(`${cognito.lastCode()}\n`);
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  }
  expect((await look("nobody")).status).toBe(404);
});

test("the log names the operation and the error, on one line, without passwords, codes and secrets", async () => {
  const password = "Canary-horse-9-battery";
  await cognito.signUp("eve", { Password: password });
  await cognito.as("eve", "ConfirmSignUp", { ConfirmationCode: "canary code" });
  await cognito.login("eve", password);
  await cognito.raw({ ...cognito.headersOf("Sign\u00e9Up"), Authorization: operatorHeader }, "{}");
  expect(cognito.log.slice(-4)).toEqual([
    "SignUp 200",
    expect.stringMatching(/^ConfirmSignUp InvalidParameterException: /),
    "InitiateAuth UserNotConfirmedException: User is not confirmed.",
    expect.stringMatching(/^Sign\?Up UnknownOperationException: /),
  ]);
  for (const canary of [password, cognito.lastCode(), "canary"]) expect(cognito.log.join()).not.toContain(canary);
});

import { clientId, failure, goodPassword, hash, type Running, startCognito } from "./harness";

let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito();
});
afterEach(() => cognito.close());

const hour = 3_600_000;
const mismatch = failure("CodeMismatchException", "Invalid verification code provided, please try again.");
const expired = failure("ExpiredCodeException", "Invalid code provided, please request a code again.");
const confirm = (username: string, ConfirmationCode: string, more = {}) =>
  cognito.as(username, "ConfirmSignUp", { ConfirmationCode, ...more });
const wrongCode = () => (cognito.lastCode() === "000000" ? "000001" : "000000");

test("signing up creates an unconfirmed user and sends six digits to the address", async () => {
  const response = await cognito.signUp("Ada");
  expect(response).toMatchObject({ status: 200 });
  expect(response.body).toEqual({
    UserConfirmed: false,
    UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    CodeDeliveryDetails: { Destination: "a***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
  });
  expect(cognito.sent).toEqual([
    { username: "ada", destination: "ada@example.com", code: expect.stringMatching(/^\d{6}$/), purpose: "sign-up" },
  ]);
  expect((await cognito.admin("AdminGetUser", { Username: "ada" })).body).toMatchObject({
    UserStatus: "UNCONFIRMED",
    Enabled: true,
    UserAttributes: expect.arrayContaining([{ Name: "email_verified", Value: "false" }]),
  });
});

test("without an address nothing is sent, and resending fails", async () => {
  const { body } = await cognito.signUp("ada", { UserAttributes: [] });
  expect(body).toEqual({ UserConfirmed: false, UserSub: expect.any(String) });
  expect(cognito.sent).toEqual([]);
  expect(await cognito.as("ada", "ResendConfirmationCode")).toEqual(
    failure("InvalidParameterException", "Cannot resend codes. Auto verification not turned on."),
  );
});

test("the code confirms the user and the address", async () => {
  await cognito.signUp("ada");
  expect(await confirm("ada", cognito.lastCode())).toMatchObject({ status: 200, body: {} });
  expect((await cognito.admin("AdminGetUser", { Username: "ada" })).body).toMatchObject({
    UserStatus: "CONFIRMED",
    UserAttributes: expect.arrayContaining([{ Name: "email_verified", Value: "true" }]),
  });
});

test("rejects confirming twice", async () => {
  await cognito.user("ada");
  expect(await confirm("ada", "123456")).toEqual(
    failure("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"),
  );
});

test("rejects a wrong code, and any code after five wrong ones until an hour has passed", async () => {
  await cognito.signUp("ada");
  for (let i = 0; i < 5; i++) expect(await confirm("ada", wrongCode())).toEqual(mismatch);
  const limited = failure("LimitExceededException", "Attempt limit exceeded, please try after some time.");
  expect(await confirm("ada", cognito.lastCode())).toEqual(limited);
  cognito.clock.now += hour;
  expect((await confirm("ada", cognito.lastCode())).status).toBe(200);
});

test("a code lives for 24 hours", async () => {
  await cognito.signUp("ada");
  cognito.clock.now += 24 * hour;
  expect(await confirm("ada", cognito.lastCode())).toEqual(expired);
});

test("a resent code replaces the first one", async () => {
  await cognito.signUp("ada");
  const first = cognito.lastCode();
  do expect((await cognito.as("ada", "ResendConfirmationCode")).status).toBe(200);
  while (cognito.lastCode() === first);
  expect(await confirm("ada", first)).toEqual(mismatch);
  expect((await confirm("ada", cognito.lastCode())).status).toBe(200);
});

test("rejects the twenty-first code within an hour", async () => {
  await cognito.signUp("ada");
  for (let i = 0; i < 19; i++) await cognito.as("ada", "ResendConfirmationCode");
  expect(await cognito.as("ada", "ResendConfirmationCode")).toEqual(
    failure("LimitExceededException", "Attempt limit exceeded, please try after some time."),
  );
  cognito.clock.now += hour;
  expect((await cognito.as("ada", "ResendConfirmationCode")).status).toBe(200);
});

test("rejects resending to a confirmed user", async () => {
  await cognito.user("ada");
  expect(await cognito.as("ada", "ResendConfirmationCode")).toEqual(
    failure("InvalidParameterException", "User is already confirmed."),
  );
});

test("an unknown user gets the same response as a known one with prevent_user_existence_errors", async () => {
  expect((await cognito.as("zoe", "ResendConfirmationCode")).body).toEqual({
    CodeDeliveryDetails: { Destination: "z***@z***", DeliveryMedium: "EMAIL", AttributeName: "email" },
  });
  expect(await confirm("zoe", "123456")).toEqual(expired);
  expect(cognito.sent).toEqual([]);
});

test("an unknown user is named without prevent_user_existence_errors", async () => {
  cognito.apply({ client: { prevent_user_existence_errors: "LEGACY" } });
  const unknown = failure("UserNotFoundException", "User does not exist.");
  expect(await cognito.as("zoe", "ResendConfirmationCode")).toEqual(unknown);
  expect(await confirm("zoe", "123456")).toEqual(unknown);
});

test("rejects a name that is taken, in any case", async () => {
  await cognito.signUp("ada");
  const taken = failure("UsernameExistsException", "User already exists");
  expect(await cognito.signUp("ADA")).toEqual(taken);
});

test("an address can be verified by one user only, unless the confirmation forces it", async () => {
  await cognito.user("ada");
  const UserAttributes = [{ Name: "email", Value: "ADA@example.com" }];
  expect((await cognito.signUp("eve", { UserAttributes })).status).toBe(200);
  expect(await confirm("eve", cognito.lastCode())).toEqual(
    failure("AliasExistsException", "An account with the email already exists."),
  );
  expect((await confirm("eve", cognito.lastCode(), { ForceAliasCreation: true })).status).toBe(200);
  expect((await cognito.admin("AdminGetUser", { Username: "ada@example.com" })).body.Username).toBe("eve");
});

test("an address that an administrator verified meanwhile can still be confirmed by its user", async () => {
  await cognito.signUp("ada");
  const UserAttributes = [{ Name: "email_verified", Value: "true" }];
  await cognito.admin("AdminUpdateUserAttributes", { Username: "ada", UserAttributes });
  expect((await confirm("ada", cognito.lastCode())).status).toBe(200);
});

describe("rejects a password", () => {
  test.each([
    ["Short-1a", "Password not long enough"],
    ["correct-horse-9-battery", "Password must have uppercase characters"],
    ["CORRECT-HORSE-9-BATTERY", "Password must have lowercase characters"],
    ["Correct-horse-battery", "Password must have numeric characters"],
    ["Correcthorse9battery", "Password must have symbol characters"],
  ])("%s: %s", async (Password, reason) => {
    expect(await cognito.signUp("ada", { Password })).toEqual(
      failure("InvalidPasswordException", `Password did not conform with policy: ${reason}`),
    );
  });

  test.each([" Correct-horse-9-battery", "Correct-horse-9-battery ", ""])("%p, at its edges", async (Password) => {
    expect(await cognito.signUp("ada", { Password })).toEqual(
      failure(
        "InvalidParameterException",
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
      ),
    );
  });
});

describe("rejects an attribute", () => {
  const schema = [
    { name: "team", attribute_data_type: "String", string_attribute_constraints: { min_length: "2", max_length: "5" } },
    { name: "level", attribute_data_type: "Number", number_attribute_constraints: [{ min_value: 1, max_value: 9 }] },
    { name: "name", attribute_data_type: "String", required: true },
  ];
  const name = { Name: "name", Value: "Ada" };
  const nonconforming = "Attributes did not conform to the schema: ";
  test.each([
    [
      "unknown",
      [name, { Name: "shoe", Value: "9" }],
      `${nonconforming}shoe: Attribute does not exist in the schema.\n`,
    ],
    ["missing", [], `${nonconforming}name: The attribute is required\n`],
    [
      "long",
      [name, { Name: "custom:team", Value: "engines" }],
      /^.*custom:team: String must be no longer than 5 .*\n$/,
    ],
    ["short", [name, { Name: "custom:team", Value: "e" }], /^.*custom:team: String must be no shorter than 2 .*\n$/],
    ["no number", [name, { Name: "custom:level", Value: "x" }], /custom:level: Number is not in the correct format/],
    ["too small", [name, { Name: "custom:level", Value: "0" }], /custom:level: Number must be no less than 1\n/],
    ["too large", [name, { Name: "custom:level", Value: "10" }], /custom:level: Number must be no greater than 9\n/],
    ["sub", [name, { Name: "sub", Value: "x" }], "Cannot modify the non-mutable attribute sub"],
    ["no address", [name, { Name: "email", Value: "ada" }], "Invalid email address format."],
    ["no phone number", [name, { Name: "phone_number", Value: "12" }], "Invalid phone number format."],
  ])("that is %s", async (_, UserAttributes, message) => {
    cognito.apply({ pool: { schema } });
    expect(await cognito.signUp("ada", { UserAttributes })).toEqual(failure("InvalidParameterException", message));
  });

  test("that marks an address as verified", async () => {
    const UserAttributes = [{ Name: "email_verified", Value: "true" }];
    expect(await cognito.signUp("ada", { UserAttributes })).toEqual(
      failure("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
    );
  });
});

test("rejects a user name that looks like the alias", async () => {
  expect(await cognito.signUp("ada@example.com")).toEqual(
    failure(
      "InvalidParameterException",
      "Username cannot be of email format, since user pool is configured for email alias.",
    ),
  );
});

test("rejects every sign-up in a pool where only an administrator creates users", async () => {
  cognito.apply({ pool: { admin_create_user_config: [{ allow_admin_create_user_only: true }] } });
  expect(await cognito.signUp("ada")).toEqual(
    failure("NotAuthorizedException", "SignUp is not permitted for this user pool"),
  );
});

describe("the secret hash", () => {
  const operations = [
    ["SignUp", { Password: goodPassword }],
    ["ConfirmSignUp", { ConfirmationCode: "123456" }],
    ["ResendConfirmationCode", {}],
    ["ForgotPassword", {}],
    ["ConfirmForgotPassword", { ConfirmationCode: "123456", Password: goodPassword }],
  ] as const;

  test.each(operations)("%s rejects a wrong one", async (operation, input) => {
    expect(await cognito.as("ada", operation, { ...input, SecretHash: hash("eve") })).toEqual(
      failure("NotAuthorizedException", `Unable to verify secret hash for client ${clientId}`),
    );
  });

  test.each(operations)("%s rejects a missing one", async (operation, input) => {
    expect(await cognito.as("ada", operation, { ...input, SecretHash: undefined })).toEqual(
      failure(
        "NotAuthorizedException",
        `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
      ),
    );
  });

  test("is not required of a client without a secret, and rejected if sent", async () => {
    cognito.apply({ client: { client_secret: "" } });
    expect((await cognito.signUp("ada", { SecretHash: undefined })).status).toBe(200);
    expect(await cognito.signUp("eve")).toEqual(
      failure("NotAuthorizedException", `Unable to verify secret hash for client ${clientId}`),
    );
  });
});

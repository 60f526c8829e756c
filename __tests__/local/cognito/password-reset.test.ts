import { failure, type Running, startCognito } from "./harness";

const newPassword = "Another-horse-9-battery";
let cognito: Running;
beforeEach(async () => {
  cognito = await startCognito();
  await cognito.user("ada");
});
afterEach(() => cognito.close());

const forgot = (username: string) => cognito.as(username, "ForgotPassword");
const confirm = (username: string, ConfirmationCode: string, Password = newPassword) =>
  cognito.as(username, "ConfirmForgotPassword", { ConfirmationCode, Password });
const mismatch = failure("CodeMismatchException", "Invalid verification code provided, please try again.");
const expired = failure("ExpiredCodeException", "Invalid code provided, please request a code again.");
const legacy = { client: { prevent_user_existence_errors: "LEGACY" } };

test("a code sent to the verified address sets a new password", async () => {
  expect((await forgot("ada@example.com")).body).toEqual({
    CodeDeliveryDetails: { Destination: "a***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
  });
  expect(cognito.sent.at(-1)).toMatchObject({ username: "ada", purpose: "password reset" });
  expect(await confirm("ada", cognito.lastCode())).toMatchObject({ status: 200, body: {} });
  expect((await cognito.login("ada")).status).toBe(400);
  expect((await cognito.login("ada", newPassword)).status).toBe(200);
});

test("a code works once, for an hour, and not before it was requested", async () => {
  expect(await confirm("ada", "123456")).toEqual(expired);
  await forgot("ada");
  await confirm("ada", cognito.lastCode());
  expect(await confirm("ada", cognito.lastCode())).toEqual(expired);
  await forgot("ada");
  cognito.clock.now += 3_600_000;
  expect(await confirm("ada", cognito.lastCode())).toEqual(expired);
});

test("rejects a wrong code, then any code after five wrong ones", async () => {
  await forgot("ada");
  for (let i = 0; i < 5; i++) expect(await confirm("ada", "none")).toEqual(mismatch);
  expect(await confirm("ada", cognito.lastCode())).toEqual(
    failure("LimitExceededException", "Attempt limit exceeded, please try after some time."),
  );
});

test("a password that the policy rejects does not use up the code", async () => {
  await forgot("ada");
  expect((await confirm("ada", cognito.lastCode(), "short")).body.__type).toBe("InvalidPasswordException");
  expect((await confirm("ada", cognito.lastCode())).status).toBe(200);
});

test("the sign-up code does not reset a password", async () => {
  await cognito.signUp("eve");
  expect(await confirm("eve", cognito.lastCode())).toEqual(expired);
});

test("a new password ends a lock-out", async () => {
  for (let i = 0; i < 9; i++) await cognito.login("ada", "wrong");
  await forgot("ada");
  await confirm("ada", cognito.lastCode());
  expect((await cognito.login("ada", newPassword)).status).toBe(200);
});

describe("with prevent_user_existence_errors", () => {
  test("unknown, disabled and unreachable users get the response of a known one, and no mail", async () => {
    await cognito.user("bea");
    await cognito.admin("AdminDisableUser", { Username: "bea" });
    await cognito.signUp("eve");
    const sent = cognito.sent.length;
    for (const name of ["zoe", "bea", "eve"]) {
      const Destination = `${name.charAt(0)}***@${name.charAt(0)}***`;
      expect(await forgot(name)).toMatchObject({ status: 200, body: { CodeDeliveryDetails: { Destination } } });
    }
    expect(cognito.sent).toHaveLength(sent);
  });

  test("codes of unknown and disabled users do not match", async () => {
    expect(await confirm("zoe", "123456")).toEqual(mismatch);
    await cognito.admin("AdminDisableUser", { Username: "ada" });
    expect(await confirm("ada", "123456")).toEqual(mismatch);
  });
});

describe("without prevent_user_existence_errors", () => {
  beforeEach(() => cognito.apply(legacy));

  test("rejects an unknown user", async () => {
    const unknown = failure("UserNotFoundException", "User does not exist.");
    expect(await forgot("zoe")).toEqual(unknown);
    expect(await confirm("zoe", "123456")).toEqual(unknown);
  });

  test("rejects a disabled user", async () => {
    await cognito.admin("AdminDisableUser", { Username: "ada" });
    const disabled = failure("NotAuthorizedException", "User is disabled.");
    expect(await forgot("ada")).toEqual(disabled);
    expect(await confirm("ada", "123456")).toEqual(disabled);
  });

  test("rejects a user without a verified address", async () => {
    await cognito.signUp("eve");
    expect(await forgot("eve")).toEqual(
      failure(
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
      ),
    );
  });
});

test("rejects a user who still has a temporary password", async () => {
  const UserAttributes = [
    { Name: "email", Value: "eve@example.com" },
    { Name: "email_verified", Value: "true" },
  ];
  await cognito.admin("AdminCreateUser", { Username: "eve", UserAttributes });
  expect(await forgot("eve")).toEqual(
    failure("NotAuthorizedException", "User password cannot be reset in the current state."),
  );
});

import { senderPattern, userProblems } from "../../../constructs/users/user-settings";

test.each([
  [{ selfSignUp: false }, "SELF_SIGN_UP must be true with COGNITO_USER_POOL_ID, got false"],
  [{ mfa: "on" }, "MFA must be off with COGNITO_USER_POOL_ID, got on"],
  [{ emailFrom: "a@b.example" }, "EMAIL_FROM must be left out with COGNITO_USER_POOL_ID, got a@b.example"],
  [{ threatProtection: "audit" }, "THREAT_PROTECTION must be off with COGNITO_USER_POOL_ID, got audit"],
])("rejects %j for an existing pool only", (settings, message) => {
  expect(userProblems(settings)).toEqual([]);
  const [problem, ...more] = userProblems({ ...settings, userPoolId: "us-east-1_AbCdEfGhI" });
  expect(problem).toContain(message);
  expect(more).toEqual([]);
});

test("MFA_EMAIL needs a second factor, a sender, and a pool of the stack", () => {
  const emailFrom = "a@b.example";
  const problems = (settings: object) => userProblems(settings).map((problem) => problem.split(",")[0]);
  expect(problems({ mfa: "off", mfaEmail: "on", emailFrom })).toEqual(["MFA must be optional or on with MFA_EMAIL=on"]);
  expect(problems({ mfa: "on", mfaEmail: "on" })).toEqual(["EMAIL_FROM must be set with MFA_EMAIL=on"]);
  expect(problems({ mfa: "off", mfaEmail: "prepare" })).toEqual(["EMAIL_FROM must be set with MFA_EMAIL=prepare"]);
  expect(problems({ mfaEmail: "on", userPoolId: "us-east-1_AbCdEfGhI" })).toEqual([
    "MFA_EMAIL must be off with COGNITO_USER_POOL_ID",
  ]);
  for (const mfaEmail of ["off", "prepare", "on"])
    expect(problems({ mfa: "optional", mfaEmail, emailFrom })).toEqual([]);
});

test("finds nothing wrong with the defaults of an existing pool", () => {
  const defaults = { selfSignUp: true, mfa: "off", threatProtection: "off", refreshTokenCookie: "false" };
  expect(userProblems({ ...defaults, corsOrigins: ["*"], userPoolId: "us-east-1_AbCdEfGhI" })).toEqual([]);
});

test.each(["true", "strict", "lax", "none"])("REFRESH_TOKEN_COOKIE=%s needs exact origins", (refreshTokenCookie) => {
  expect(userProblems({ refreshTokenCookie, corsOrigins: ["*"] })[0]).toMatch(/^CORS_ORIGINS must be exact origins/);
  expect(userProblems({ refreshTokenCookie, corsOrigins: ["https://app.example"] })).toEqual([]);
});

test.each([
  ["no-reply@example.com", "no-reply@example.com", true],
  ["App <no-reply@example.com>", "example.com", true],
  ["no-reply@mail.example.com", "example.com", true],
  ["no-reply@example.com", "example.org", false],
  ["no-reply@badexample.com", "example.com", false],
  ["no-reply@example.com", "other@example.com", false],
  [undefined, "example.com", false],
])("EMAIL_FROM %s with EMAIL_IDENTITY %s: %s", (emailFrom, emailIdentity, fits) => {
  expect(userProblems({ emailFrom, emailIdentity }).length === 0).toBe(fits);
});

test.each([
  ["no-reply@example.com", true],
  ["My App <no-reply@example.com>", true],
  ["no-reply", false],
  ["My App no-reply@example.com", false],
  ["Ädä <no-reply@example.com>", false],
  ["a@b", false],
])("%s is a sender: %s", (text, is) => {
  expect(senderPattern.test(text)).toBe(is);
});

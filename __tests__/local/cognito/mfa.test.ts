import { codeOf } from "../../../local/cognito/totp";
import { clientId, failure, goodPassword, hash, type Running, startCognito } from "./harness";

const mfa = (mfa_configuration: string, more: object = {}) => ({
  pool: { mfa_configuration, software_token_mfa_configuration: [{ enabled: true }], ...more },
});

let cognito: Running;
const start = async (overrides: object) => {
  cognito = await startCognito(overrides);
  await cognito.user("ada");
};
afterEach(() => cognito.close());

const step = (off = 0) => Math.floor(cognito.clock.now / 30_000) + off;
const respond = (ChallengeName: string, Session: unknown, responses: object = {}) =>
  cognito.call("RespondToAuthChallenge", {
    ClientId: clientId,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: "ada", SECRET_HASH: hash("ada"), ...responses },
  });
const sendCode = (Session: unknown, SOFTWARE_TOKEN_MFA_CODE: string) =>
  respond("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE });

/** Turns the second factor on for ada, and forgets the codes that it took. @returns the secret */
async function turnOn(): Promise<string> {
  const { AccessToken } = await cognito.tokens("ada");
  const { body } = await cognito.call("AssociateSoftwareToken", { AccessToken });
  const secret = String(body.SecretCode);
  expect(secret).toMatch(/^[A-Z2-7]{52}$/);
  await cognito.call("VerifySoftwareToken", { AccessToken, UserCode: codeOf(secret, step()) });
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  expect((await cognito.call("SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings })).status).toBe(200);
  cognito.clock.now += 90_000;
  return secret;
}
const session = async () => (await cognito.login("ada")).body.Session;

describe("optional", () => {
  beforeEach(() => start(mfa("OPTIONAL")));

  test("a user without one signs in by password", async () => {
    expect((await cognito.tokens("ada")).AccessToken).toBeDefined();
  });

  test("a user with one is asked for a code, and signs in with it", async () => {
    const secret = await turnOn();
    const { body } = await cognito.login("ada");
    expect(body).toMatchObject({
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      ChallengeParameters: { USER_ID_FOR_SRP: "ada" },
    });
    expect(body.AuthenticationResult).toBeUndefined();
    const { body: signedIn } = await sendCode(body.Session, codeOf(secret, step()));
    const AccessToken = signedIn.AuthenticationResult?.AccessToken;
    expect((await cognito.call("GetUser", { AccessToken })).body).toMatchObject({
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
    });
    expect((await cognito.admin("AdminGetUser", { Username: "ada" })).body).toMatchObject({
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
    });
  });

  test.each([
    [-2, 400],
    [-1, 200],
    [1, 200],
    [2, 400],
  ])("a code %i steps off gets %i", async (off, status) => {
    const secret = await turnOn();
    expect((await sendCode(await session(), codeOf(secret, step(off)))).status).toBe(status);
  });

  test("takes each code once, the one that turned it on included", async () => {
    const used = failure("ExpiredCodeException", "Your software token has already been used once.");
    const secret = await turnOn();
    expect((await sendCode(await session(), codeOf(secret, step()))).status).toBe(200);
    expect(await sendCode(await session(), codeOf(secret, step()))).toEqual(used);
    expect((await sendCode(await session(), codeOf(secret, step(1)))).status).toBe(200);
    cognito.clock.now += 30_000;
    expect(await sendCode(await session(), codeOf(secret, step()))).toEqual(used);
  });

  test("a session takes five wrong codes, the user after that waits", async () => {
    const secret = await turnOn();
    const open = await session();
    const mismatch = failure("CodeMismatchException", "Invalid code received for user");
    const wrong = String((Number(codeOf(secret, step())) + 1) % 1_000_000).padStart(6, "0");
    for (let count = 0; count < 5; count++) expect(await sendCode(open, wrong)).toEqual(mismatch);
    expect((await sendCode(open, codeOf(secret, step()))).body.__type).toBe("NotAuthorizedException");
    const next = await session();
    expect((await sendCode(next, codeOf(secret, step()))).body.__type).toBe("NotAuthorizedException");
    cognito.clock.now += 1000;
    expect((await sendCode(next, codeOf(secret, step()))).status).toBe(200);
  });

  test("a code and a session of another user do not help", async () => {
    const secret = await turnOn();
    await cognito.user("eve");
    const { AccessToken } = await cognito.tokens("eve");
    const { body } = await cognito.call("AssociateSoftwareToken", { AccessToken });
    expect((await sendCode(await session(), codeOf(String(body.SecretCode), step()))).status).toBe(400);
    const other = { USERNAME: "eve", SECRET_HASH: hash("eve"), SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, step()) };
    expect((await respond("SOFTWARE_TOKEN_MFA", await session(), other)).body.__type).toBe("NotAuthorizedException");
  });

  test("turned off, it is asked for no more", async () => {
    const secret = await turnOn();
    const { body } = await sendCode(await session(), codeOf(secret, step()));
    const AccessToken = body.AuthenticationResult?.AccessToken;
    await cognito.call("SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings: { Enabled: false } });
    expect((await cognito.tokens("ada")).AccessToken).toBeDefined();
    await cognito.admin("AdminSetUserMFAPreference", { Username: "ada", SoftwareTokenMfaSettings: { Enabled: true } });
    expect((await cognito.login("ada")).body.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  test("a wrong first code turns nothing on", async () => {
    const { AccessToken } = await cognito.tokens("ada");
    const { body } = await cognito.call("AssociateSoftwareToken", { AccessToken });
    const UserCode = codeOf(String(body.SecretCode), step(3));
    expect((await cognito.call("VerifySoftwareToken", { AccessToken, UserCode })).body.__type).toBe(
      "EnableSoftwareTokenMFAException",
    );
    const preference = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } };
    expect((await cognito.call("SetUserMFAPreference", preference)).body.message).toBe(
      "User has not verified software token mfa",
    );
  });
});

describe("required", () => {
  beforeEach(() => start(mfa("ON")));

  test("a user without one sets it up to sign in, and is asked for it from then on", async () => {
    const { body } = await cognito.login("ada");
    expect(body).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
    expect((await respond("MFA_SETUP", body.Session)).body.__type).toBe("NotAuthorizedException");
    const { body: associated } = await cognito.call("AssociateSoftwareToken", { Session: body.Session });
    const secret = String(associated.SecretCode);
    const verify = (code: string) =>
      cognito.call("VerifySoftwareToken", { Session: associated.Session, UserCode: code });
    expect((await verify(codeOf(secret, step(5)))).body.__type).toBe("EnableSoftwareTokenMFAException");
    const { body: verified } = await verify(codeOf(secret, step()));
    expect(verified.Status).toBe("SUCCESS");
    const { body: signedIn } = await respond("MFA_SETUP", verified.Session);
    expect(signedIn.AuthenticationResult?.AccessToken).toBeDefined();
    expect((await cognito.login("ada")).body.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  test("a new password comes first", async () => {
    await cognito.admin("AdminSetUserPassword", { Username: "ada", Password: "Temporary-horse-9-x" });
    const { body } = await cognito.login("ada", "Temporary-horse-9-x");
    expect(body.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    const next = await respond("NEW_PASSWORD_REQUIRED", body.Session, { NEW_PASSWORD: goodPassword });
    expect(next.body.ChallengeName).toBe("MFA_SETUP");
  });

  test("no session of another kind sets it up", async () => {
    await cognito.admin("AdminSetUserPassword", { Username: "ada", Password: "Temporary-horse-9-x" });
    const { body } = await cognito.login("ada", "Temporary-horse-9-x");
    expect((await cognito.call("AssociateSoftwareToken", { Session: body.Session })).body.__type).toBe(
      "NotAuthorizedException",
    );
  });
});

describe("with e-mail codes", () => {
  beforeEach(() => start(mfa("OPTIONAL", { email_mfa_configuration: [{ message: "Code {####}" }] })));

  test("the pool says what it mails", async () => {
    expect((await cognito.admin("GetUserPoolMfaConfig")).body).toMatchObject({
      EmailMfaConfiguration: { Message: "Code {####}" },
      MfaConfiguration: "OPTIONAL",
    });
  });

  test("sends a code that works once", async () => {
    await cognito.admin("AdminSetUserMFAPreference", { Username: "ada", EmailMfaSettings: { Enabled: true } });
    const { body } = await cognito.login("ada");
    expect(body).toMatchObject({
      ChallengeName: "EMAIL_OTP",
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL", CODE_DELIVERY_DESTINATION: "a***@e***" },
    });
    const code = { EMAIL_OTP_CODE: cognito.lastCode() };
    expect((await respond("EMAIL_OTP", body.Session, { EMAIL_OTP_CODE: "x" })).body.__type).toBe(
      "CodeMismatchException",
    );
    expect((await respond("EMAIL_OTP", body.Session, code)).status).toBe(200);
    expect((await respond("EMAIL_OTP", body.Session, code)).body.__type).toBe("NotAuthorizedException");
  });

  test("a user with both and no preference chooses", async () => {
    const secret = await turnOn();
    const both = { EmailMfaSettings: { Enabled: true }, SoftwareTokenMfaSettings: { Enabled: true } };
    await cognito.admin("AdminSetUserMFAPreference", { Username: "ada", ...both });
    const { body } = await cognito.login("ada");
    expect(body).toMatchObject({
      ChallengeName: "SELECT_MFA_TYPE",
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]' },
    });
    expect((await respond("SELECT_MFA_TYPE", body.Session, { ANSWER: "SMS_MFA" })).status).toBe(400);
    const { body: chosen } = await respond("SELECT_MFA_TYPE", body.Session, { ANSWER: "SOFTWARE_TOKEN_MFA" });
    expect(chosen.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    expect((await sendCode(chosen.Session, codeOf(secret, step()))).status).toBe(200);
  });
});

test("off, no secret is given", async () => {
  await start({});
  const { AccessToken } = await cognito.tokens("ada");
  expect((await cognito.call("AssociateSoftwareToken", { AccessToken })).body.__type).toBe(
    "SoftwareTokenMFANotFoundException",
  );
  expect((await cognito.admin("GetUserPoolMfaConfig")).body).toMatchObject({ MfaConfiguration: "OFF" });
});

describe("AdminInitiateAuth", () => {
  const initiate = () =>
    cognito.admin("AdminInitiateAuth", {
      ClientId: clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "ada", PASSWORD: goodPassword, SECRET_HASH: hash("ada") },
    });

  test("needs the flow, then signs in through the same challenges", async () => {
    await start(mfa("OPTIONAL"));
    const secret = await turnOn();
    expect((await initiate()).body.message).toBe("ADMIN_USER_PASSWORD_AUTH flow not enabled for this client");
    cognito.apply({ ...mfa("OPTIONAL"), client: { explicit_auth_flows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] } });
    const { body } = await initiate();
    const responses = { USERNAME: "ada", SECRET_HASH: hash("ada"), SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, step()) };
    const response = { ClientId: clientId, ChallengeName: "SOFTWARE_TOKEN_MFA", ChallengeResponses: responses };
    expect((await cognito.admin("AdminRespondToAuthChallenge", { ...response, Session: body.Session })).status).toBe(
      200,
    );
  });
});

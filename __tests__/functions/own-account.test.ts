/** What users do with their own account: Cognito takes their access token for it. */
import { fakeCognito, rejects, responds } from "./support/fake-cognito";
import { claims, environment, failed, invoke, succeeded, useEnvironment } from "./support/handlers";

useEnvironment();

const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (more: object = {}) => `e30.${segment({ token_use: "access", sub: claims.sub, ...more })}.c2ln`;
const access_token = token();

const passwords = { previous_password: "Correct-Horse-1", proposed_password: "Correct-Horse-2" };
const app = { SecretCode: "JBSWY3DPEHPK3PXP" };
const choice = (Enabled: boolean, PreferredMfa = Enabled) => ({ Enabled, PreferredMfa });
const withApp = { GetUser: { UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] } };
const withEmail = { GetUser: { UserMFASettingList: ["EMAIL_OTP"] } };

/** Handler, body, requests to Cognito, its responses, data. */
const endpoints: readonly [string, object, readonly [string, object][], Record<string, object>, object][] = [
  [
    "change-password",
    passwords,
    [["ChangePassword", { PreviousPassword: "Correct-Horse-1", ProposedPassword: "Correct-Horse-2" }]],
    {},
    {},
  ],
  ["sign-out-everywhere", {}, [["GlobalSignOut", {}]], {}, {}],
  ["delete-user", {}, [["DeleteUser", {}]], {}, {}],
  [
    "start-mfa",
    {},
    [["AssociateSoftwareToken", {}]],
    { AssociateSoftwareToken: app },
    {
      secret_code: "JBSWY3DPEHPK3PXP",
      otpauth_url: "otpauth://totp/api:ada?secret=JBSWY3DPEHPK3PXP&issuer=api",
    },
  ],
  [
    "start-mfa",
    { method: "email" },
    [
      ["GetUser", {}],
      ["SetUserMFAPreference", { EmailMfaSettings: choice(true) }],
    ],
    {},
    {},
  ],
  [
    "start-mfa",
    { method: "email" },
    [
      ["GetUser", {}],
      [
        "SetUserMFAPreference",
        { SoftwareTokenMfaSettings: choice(true, false), EmailMfaSettings: choice(true, false) },
      ],
    ],
    withApp,
    {},
  ],
  [
    "confirm-mfa",
    { code: "123456" },
    [
      ["VerifySoftwareToken", { UserCode: "123456" }],
      ["GetUser", {}],
      ["SetUserMFAPreference", { SoftwareTokenMfaSettings: choice(true) }],
    ],
    withApp,
    {},
  ],
  [
    "confirm-mfa",
    { code: "123456" },
    [
      ["VerifySoftwareToken", { UserCode: "123456" }],
      ["GetUser", {}],
      [
        "SetUserMFAPreference",
        { SoftwareTokenMfaSettings: choice(true, false), EmailMfaSettings: choice(true, false) },
      ],
    ],
    withEmail,
    {},
  ],
  [
    "stop-mfa",
    {},
    [
      ["GetUser", {}],
      ["SetUserMFAPreference", { SoftwareTokenMfaSettings: choice(false) }],
    ],
    {},
    {},
  ],
  [
    "stop-mfa",
    {},
    [
      ["GetUser", {}],
      ["SetUserMFAPreference", { SoftwareTokenMfaSettings: choice(false), EmailMfaSettings: choice(false) }],
    ],
    withEmail,
    {},
  ],
];

describe.each(endpoints)("%s %j", (name, body, requests, output, data) => {
  const cognito = () =>
    fakeCognito(Object.fromEntries(requests.map(([operation]) => [operation, responds(output[operation] ?? {})])));
  const expected = (AccessToken: string) =>
    requests.map(([operation, input]) => ({ operation, input: { AccessToken, ...input } }));
  const sent = (all: ReturnType<typeof fakeCognito>) => all.map(({ operation, input }) => ({ operation, input }));

  test("sends the access token of the body with TOKEN_USE=id", async () => {
    const all = cognito();
    expect(await invoke(name, { ...body, access_token })).toMatchObject({ status: 200, body: succeeded(data) });
    expect(sent(all)).toEqual(expected(access_token));
  });

  test.each([
    ["Authorization", "Authorization", `Bearer ${access_token}`],
    ["Token", "token", access_token],
  ])("sends that of the header %s with TOKEN_USE=access", async (setting, header, value) => {
    Object.assign(process.env, { TOKEN_USE: "access", TOKEN_HEADER: setting });
    const all = cognito();
    const own = { sub: claims.sub, token_use: "access", client_id: environment.CLIENT_ID, username: "ada" };
    const event = { headers: { [header]: value }, requestContext: { authorizer: { claims: own } } };
    expect((await invoke(name, body, event)).status).toBe(200);
    expect(sent(all)).toEqual(expected(access_token));
  });

  test.each([
    ["none", undefined, /^Please provide access_token to /],
    ["another user's", token({ sub: "eve" }), /^access_token must be an access token of the same user/],
    ["an id token", token({ token_use: "id" }), /^access_token must be an access token of the same user/],
    ["no token", "x.e30", /^access_token must be an access token of the same user/],
    ["no JSON", "x.y.z", /^access_token must be an access token of the same user/],
  ])("rejects %s", async (_, text, message) => {
    const all = cognito();
    const { status, body: envelope } = await invoke(name, { ...body, ...(text && { access_token: text }) });
    expect([status, envelope]).toEqual([400, expect.objectContaining({ message: expect.stringMatching(message) })]);
    expect(all).toEqual([]);
  });

  test("says that a revoked token needs a new login", async () => {
    const [operation = ""] = requests[0] ?? [];
    fakeCognito({ [operation]: rejects("NotAuthorizedException", "Access Token has been revoked") });
    expect(await invoke(name, { ...body, access_token })).toMatchObject({
      status: 401,
      body: failed("The access token is invalid, expired or revoked: please log in again"),
    });
  });
});

test.each([
  ["Incorrect username or password.", 400, "previous_password is not the current password"],
  ["Password attempts exceeded", 429, "Too many attempts"],
])("change-password responds to %s with %i", async (message, status, text) => {
  fakeCognito({ ChangePassword: rejects("NotAuthorizedException", message) });
  expect(await invoke("change-password", { ...passwords, access_token })).toMatchObject({ status, body: failed(text) });
});

test("change-password passes on the rule that the new password breaks", async () => {
  const rule = "Password did not conform with policy: Password not long enough";
  fakeCognito({ ChangePassword: rejects("InvalidPasswordException", rule) });
  expect((await invoke("change-password", { ...passwords, access_token })).body).toEqual(failed(rule));
});

test.each(["12345", "1234567", "abcdef", "１２３４５６"])("confirm-mfa takes no code such as %s", async (code) => {
  const all = fakeCognito();
  expect((await invoke("confirm-mfa", { code, access_token })).body).toEqual(failed("code must be six digits"));
  expect(all).toEqual([]);
});

test("start-mfa says that the pool has no second factor", async () => {
  fakeCognito({ AssociateSoftwareToken: rejects("SoftwareTokenMFANotFoundException") });
  expect((await invoke("start-mfa", { access_token })).status).toBe(409);
});

test("start-mfa says that the pool has no codes by mail", async () => {
  const InvalidParameterException = rejects("InvalidParameterException");
  fakeCognito({ GetUser: responds({}), SetUserMFAPreference: InvalidParameterException });
  expect((await invoke("start-mfa", { access_token, method: "email" })).status).toBe(409);
  expect((await invoke("start-mfa", { access_token, method: "sms" })).status).toBe(400);
});

test("a token of the web client is accepted with WEB_CLIENT only, as are no tokens of others", async () => {
  const all = async (aud: string) => {
    const event = { requestContext: { authorizer: { claims: { ...claims, aud } } } };
    return (await invoke("echo", undefined, event)).status;
  };
  expect(await all("web")).toBe(401);
  process.env.WEB_CLIENT_ID = "web";
  expect([await all("web"), await all(environment.CLIENT_ID ?? ""), await all("other"), await all("")]).toEqual([
    200, 200, 401, 401,
  ]);
});

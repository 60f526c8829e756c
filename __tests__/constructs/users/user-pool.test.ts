import { UserPool, type UserPoolProps } from "../../../constructs/users/user-pool";
import { only, resources, synthScope } from "../../support/synth";

const synthPool = (props: Partial<UserPoolProps> = {}) =>
  synthScope((stack) => new UserPool(stack, "users", { name: "users", ...props }));

test("makes a pool whose users choose a name, with the e-mail as an alias, compared without case", () => {
  expect(only(synthPool(), "aws_cognito_user_pool")).toMatchObject({
    name: "users",
    alias_attributes: ["email"],
    auto_verified_attributes: ["email"],
    username_configuration: { case_sensitive: false },
    account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
    mfa_configuration: "OFF",
  });
});

test("asks for a long password of all classes, and forgets a temporary one after a week", () => {
  expect(only(synthPool(), "aws_cognito_user_pool").password_policy).toEqual({
    minimum_length: 14,
    require_lowercase: true,
    require_numbers: true,
    require_symbols: true,
    require_uppercase: true,
    temporary_password_validity_days: 7,
  });
});

test("protects pool and client from deletion, in Cognito and in Terraform", () => {
  const json = synthPool();
  expect(only(json, "aws_cognito_user_pool")).toMatchObject({
    deletion_protection: "ACTIVE",
    lifecycle: { prevent_destroy: true },
  });
  expect(only(json, "aws_cognito_user_pool_client").lifecycle).toEqual({ prevent_destroy: true });
});

test("protects nothing when told so", () => {
  const json = synthPool({ protect: false });
  expect(only(json, "aws_cognito_user_pool").deletion_protection).toBe("INACTIVE");
  expect(only(json, "aws_cognito_user_pool").lifecycle).toBeUndefined();
  expect(only(json, "aws_cognito_user_pool_client").lifecycle).toBeUndefined();
});

test("makes one client with a secret that gives nothing away and lets tokens be revoked", () => {
  const json = synthPool();
  const [address] = Object.keys(json.resource.aws_cognito_user_pool ?? {});
  expect(only(json, "aws_cognito_user_pool_client")).toMatchObject({
    user_pool_id: `\${aws_cognito_user_pool.${address}.id}`,
    generate_secret: true,
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    prevent_user_existence_errors: "ENABLED",
    enable_token_revocation: true,
    id_token_validity: 60,
    access_token_validity: 60,
    refresh_token_validity: 30,
    token_validity_units: [{ id_token: "minutes", access_token: "minutes", refresh_token: "days" }],
    refresh_token_rotation: [{ feature: "DISABLED", retry_grace_period_seconds: 0 }],
  });
});

test("takes other lifetimes", () => {
  const json = synthPool({ idTokenMinutes: 5, accessTokenMinutes: 6, refreshTokenDays: 7 });
  expect(only(json, "aws_cognito_user_pool_client")).toMatchObject({
    id_token_validity: 5,
    access_token_validity: 6,
    refresh_token_validity: 7,
  });
});

test("drops the plain refresh flow when refresh tokens rotate: Cognito refuses both together", () => {
  expect(only(synthPool({ refreshTokenRotation: true }), "aws_cognito_user_pool_client")).toMatchObject({
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH"],
    refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 30 }],
  });
});

test("makes the group admin in its own pool", () => {
  expect(resources(synthPool(), "aws_cognito_user_group").map((group) => group.name)).toEqual(["admin"]);
});

test("only adds a client to an existing pool", () => {
  const json = synthPool({ existingUserPoolId: "us-east-1_AbC" });
  expect(Object.keys(json.resource)).toEqual(["aws_cognito_user_pool_client"]);
  expect(only(json, "aws_cognito_user_pool_client")).toMatchObject({
    user_pool_id: "us-east-1_AbC",
    lifecycle: { prevent_destroy: true },
  });
  expect(Object.values(json.data.aws_cognito_user_pool ?? {})).toMatchObject([{ user_pool_id: "us-east-1_AbC" }]);
});

test.each(["", "a/b", "x".repeat(129), "a*"])("rejects the name %j, which Cognito would refuse at apply", (name) => {
  expect(() => synthPool({ name })).toThrow(`got ${JSON.stringify(name)}`);
});

test.each([
  ["us-east-1_AbC", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC"],
  ["cn-north-1_AbC", "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbC"],
])("knows who issues the tokens of the existing pool %s", (existingUserPoolId, issuer) => {
  const build = { issuer: "" };
  synthScope((stack) => {
    build.issuer = new UserPool(stack, "users", { name: "users", existingUserPoolId }).issuer;
  });
  expect(build.issuer).toBe(issuer);
});

test.each([
  ["optional", "OPTIONAL"],
  ["on", "ON"],
] as const)("MFA %s is by authenticator app", (mfa, configuration) => {
  expect(only(synthPool({ mfa }), "aws_cognito_user_pool")).toMatchObject({
    mfa_configuration: configuration,
    software_token_mfa_configuration: { enabled: true },
  });
});

const email = { from: "no-reply@example.com", region: "us-east-1" };

test("codes by mail bring the tier, a text, and the second way of recovery that Cognito demands", () => {
  const pool = only(synthPool({ mfa: "on", emailMfa: "on", email }), "aws_cognito_user_pool");
  expect(pool).toMatchObject({
    user_pool_tier: "ESSENTIALS",
    email_mfa_configuration: { message: expect.stringContaining("{####}"), subject: expect.any(String) },
    account_recovery_setting: {
      recovery_mechanism: [
        { name: "verified_email", priority: 1 },
        { name: "verified_phone_number", priority: 2 },
      ],
    },
  });
  const prepared = only(synthPool({ emailMfa: "prepare", email }), "aws_cognito_user_pool");
  expect(prepared).toMatchObject({
    user_pool_tier: "ESSENTIALS",
    account_recovery_setting: pool.account_recovery_setting,
  });
  expect(prepared.email_mfa_configuration).toBeUndefined();
});

test("codes by mail keep the tier of threat protection", () => {
  const props = { mfa: "on", emailMfa: "on", email, threatProtection: "audit" } as const;
  expect(only(synthPool(props), "aws_cognito_user_pool").user_pool_tier).toBe("PLUS");
});

test("fails for codes by mail without a sender or a second factor", () => {
  expect(() => synthPool({ mfa: "on", emailMfa: "on" })).toThrow("email must be set with emailMfa, got none");
  expect(() => synthPool({ emailMfa: "on", email })).toThrow('mfa must be "optional" or "on" with emailMfa, got "off"');
});

test("without MFA no method is set", () => {
  expect(only(synthPool(), "aws_cognito_user_pool").software_token_mfa_configuration).toBeUndefined();
});

test("the web client has no secret and no flow that sends a password", () => {
  const clients = Object.values(synthPool({ webClient: true }).resource.aws_cognito_user_pool_client ?? {});
  expect(clients).toHaveLength(2);
  expect(clients.find(({ generate_secret }) => !generate_secret)).toMatchObject({
    name: expect.stringMatching(/-web$/),
    explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    prevent_user_existence_errors: "ENABLED",
    enable_token_revocation: true,
    lifecycle: { prevent_destroy: true },
  });
  const rotating = Object.values(
    synthPool({ webClient: true, refreshTokenRotation: true }).resource.aws_cognito_user_pool_client ?? {},
  );
  expect(rotating.map(({ explicit_auth_flows }) => explicit_auth_flows)).toContainEqual(["ALLOW_USER_SRP_AUTH"]);
});

test("mails come from the sender's identity, in this account", () => {
  const email = { from: "App <no-reply@example.com>", identity: "example.com", region: "eu-west-1" };
  expect(only(synthPool({ email }), "aws_cognito_user_pool").email_configuration).toEqual({
    email_sending_account: "DEVELOPER",
    from_email_address: "App <no-reply@example.com>",
    source_arn: expect.stringMatching(
      /^arn:\$\{.*partition\}:ses:eu-west-1:\$\{.*account_id\}:identity\/example\.com$/,
    ),
  });
  const plain = { from: "App <no-reply@example.com>", region: "eu-west-1" };
  expect(only(synthPool({ email: plain }), "aws_cognito_user_pool").email_configuration).toMatchObject({
    source_arn: expect.stringMatching(/identity\/no-reply@example\.com$/),
  });
});

test("threat protection comes with the tier that it needs", () => {
  expect(only(synthPool({ threatProtection: "enforced" }), "aws_cognito_user_pool")).toMatchObject({
    user_pool_tier: "PLUS",
    user_pool_add_ons: { advanced_security_mode: "ENFORCED" },
  });
  expect(only(synthPool(), "aws_cognito_user_pool").user_pool_tier).toBeUndefined();
});

test("self sign-up can be turned off", () => {
  expect(only(synthPool({ selfSignUp: false }), "aws_cognito_user_pool").admin_create_user_config).toEqual({
    allow_admin_create_user_only: true,
  });
});

test("has custom attributes with both bounds, and more groups", () => {
  const json = synthPool({
    customAttributes: [
      { name: "team", type: "string", max: 20 },
      { name: "level", type: "number", min: 1, mutable: false },
    ],
    groups: { editors: "May write" },
  });
  expect(only(json, "aws_cognito_user_pool").schema).toMatchObject([
    {
      name: "team",
      attribute_data_type: "String",
      mutable: true,
      string_attribute_constraints: { min_length: "0", max_length: "20" },
    },
    { name: "level", attribute_data_type: "Number", mutable: false, number_attribute_constraints: { min_value: "1" } },
  ]);
  const groups = Object.values(json.resource.aws_cognito_user_group ?? {});
  expect(groups.map(({ name, description }) => [name, description])).toContainEqual(["editors", "May write"]);
});

test.each([
  [{ name: "a b", type: "string" }, "name must be 1 to 20 characters"],
  [{ name: "x".repeat(21), type: "string" }, "name must be 1 to 20 characters"],
  [{ name: "custom:x", type: "string" }, "name must be 1 to 20 characters"],
  [{ name: "bio", type: "string", max: 2049 }, "max of bio must be at most 2048, got 2049"],
] as const)("rejects the custom attribute %j", (attribute, message) => {
  expect(() => synthPool({ customAttributes: [attribute] })).toThrow(message);
});

import { accessUsers } from "../../../review/rules/access-users";
import { between, oneWay, pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, type JsonObject, updated } from "../support/plan";

const POOL = "aws_cognito_user_pool.users";
const CLIENT = "aws_cognito_user_pool_client.app";
const pool = {
  id: "p",
  name: "users",
  deletion_protection: "ACTIVE",
  mfa_configuration: "OPTIONAL",
  user_pool_tier: "PLUS",
};
const client = { id: "c", name: "app", prevent_user_existence_errors: "ENABLED" };

/** A value and a stricter one: from the second to the first is the danger, the other way is none. */
const policy = (values: JsonObject) => ({
  password_policy: [{ minimum_length: 14, require_symbols: true, temporary_password_validity_days: 7, ...values }],
});

const P = "aws_cognito_user_pool";
const RISK = "aws_cognito_risk_configuration";
const exists = { prevent_user_existence_errors: "ENABLED" };
const recovery = (name: string) => ({ account_recovery_setting: [{ recovery_mechanism: [{ name, priority: 1 }] }] });
const compromised = (event_action: string) => ({
  compromised_credentials_risk_configuration: [{ actions: [{ event_action }] }],
});
pairs(accessUsers, [
  oneWay("access-opened", P, { auto_verified_attributes: ["email"] }, { auto_verified_attributes: [] }),
  oneWay(
    "access-opened",
    P,
    { user_attribute_update_settings: [{ attributes_require_verification_before_update: ["email"] }] },
    { user_attribute_update_settings: [] },
  ),
  oneWay("access-opened", P, recovery("admin_only"), recovery("verified_email")),
  oneWay(
    "access-opened",
    P,
    { device_configuration: [{ challenge_required_on_new_device: true }] },
    { device_configuration: [] },
  ),
  oneWay(
    "access-opened",
    P,
    { sign_in_policy: [{ allowed_first_auth_factors: ["PASSWORD"] }] },
    { sign_in_policy: [{ allowed_first_auth_factors: ["PASSWORD", "EMAIL_OTP"] }] },
  ),
  oneWay("access-opened", RISK, compromised("BLOCK"), compromised("NO_ACTION")),
  whenDestroyed("access-opened", RISK),
  oneWay(
    "access-opened",
    "aws_cognito_user_pool_client",
    { logout_urls: ["https://a"], ...exists },
    { logout_urls: ["https://a", "https://b"], ...exists },
  ),
  oneWay(
    "access-opened",
    "aws_cognito_user_pool_client",
    { read_attributes: ["email"], ...exists },
    { read_attributes: ["email", "name"], ...exists },
  ),

  between(POOL, pool, "a password's length", policy({ minimum_length: 8 }), policy({})),
  between(POOL, pool, "a class of characters", policy({ require_symbols: false }), policy({})),
  between(POOL, pool, "a temporary password's life", policy({ temporary_password_validity_days: 30 }), policy({})),
  between(POOL, pool, "MFA", { mfa_configuration: "OFF" }, { mfa_configuration: "ON" }),
  between(
    POOL,
    pool,
    "MFA by an app",
    { software_token_mfa_configuration: [] },
    { software_token_mfa_configuration: [{ enabled: true }] },
  ),
  between(
    POOL,
    pool,
    "threat protection",
    { user_pool_add_ons: [{ advanced_security_mode: "AUDIT" }] },
    { user_pool_add_ons: [{ advanced_security_mode: "ENFORCED" }] },
  ),
  between(
    POOL,
    pool,
    "threat protection's block",
    { user_pool_add_ons: [] },
    { user_pool_add_ons: [{ advanced_security_mode: "AUDIT" }] },
  ),
  between(POOL, pool, "the tier", { user_pool_tier: "ESSENTIALS" }, { user_pool_tier: "PLUS" }),
  between(
    POOL,
    pool,
    "sign-up by administrators",
    { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
    { admin_create_user_config: [{ allow_admin_create_user_only: true }] },
  ),
  between(CLIENT, client, "existence errors", { prevent_user_existence_errors: "LEGACY" }, {}),
  between(CLIENT, client, "flows", { explicit_auth_flows: ["A", "B"] }, { explicit_auth_flows: ["A"] }),
  between(
    CLIENT,
    client,
    "rotation",
    { refresh_token_rotation: [] },
    { refresh_token_rotation: [{ feature: "ENABLED" }] },
  ),
  between(CLIENT, client, "OAuth", { allowed_oauth_flows: ["code", "implicit"] }, { allowed_oauth_flows: ["code"] }),
  between(
    CLIENT,
    client,
    "the list of callbacks",
    { callback_urls: ["https://a", "https://b"] },
    { callback_urls: ["https://a"] },
  ),
  between(
    CLIENT,
    client,
    "what users may write",
    { write_attributes: ["email", "custom:role"] },
    { write_attributes: ["email"] },
  ),
  [
    "access-opened",
    "a new client that tells which users exist",
    [created(CLIENT, { ...client, prevent_user_existence_errors: "LEGACY" })],
    "a new client that does not",
    [created(CLIENT, client)],
  ],
  [
    "access-opened",
    "a firewall taken away",
    [destroyed("aws_wafv2_web_acl_association.a", { id: "a" })],
    "a firewall put in front",
    [created("aws_wafv2_web_acl_association.a", { id: "a" })],
  ],
  [
    "unknown",
    "a password policy known only after apply",
    [
      updated(POOL, { ...pool, ...policy({}) }, pool, {
        unknown: { password_policy: true },
        expressions: { password_policy: {} },
      }),
    ],
    "a tier that only the provider computes",
    [
      updated(
        POOL,
        pool,
        { ...pool, tags: {}, user_pool_tier: undefined },
        { unknown: { user_pool_tier: true }, expressions: { tags: {} } },
      ),
    ],
  ],
]);

/** Settings of the pool and its clients that make it easier to take over an account. */
import { fallsBelow, gains, leaves, loses, turnsOff, turnsOn } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { isEmpty, own, pick } from "../plan/value";
import { type Finding, looks, place, type Rule, stays, unknowable, unknownFinding } from "./rule";
import { anyOf, onChange, onDestroy, onValue } from "./searches";

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";

export const accessUsers: readonly Rule[] = [
  {
    kind: "access-opened",
    reason: "The password policy gets weaker.",
    advice: "Keep at least 14 characters of all classes, and temporary passwords for at most 7 days.",
    looksAt: looks([POOL], "password_policy"),
    find: passwordPolicy,
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "MFA gets weaker: a password alone may be enough.",
    advice: "Keep MFA at least as strict as it is.",
    ...onChange(POOL, "mfa_configuration", fallsBelow("OFF", "OPTIONAL", "ON")),
  },
  {
    kind: "access-opened",
    reason: "Authenticator apps are disabled as a second factor.",
    advice: "Keep software_token_mfa_configuration enabled.",
    ...onChange(POOL, "software_token_mfa_configuration.enabled", turnsOff),
  },
  {
    kind: "access-opened",
    reason: "Threat protection gets weaker: compromised credentials and risky sign-ins are no longer blocked.",
    advice: "Keep advanced_security_mode as it is, and the tier PLUS that it needs.",
    ...onChange(POOL, "user_pool_add_ons.advanced_security_mode", fallsBelow("", "OFF", "AUDIT", "ENFORCED")),
  },
  {
    kind: "access-opened",
    reason: "Only the tier PLUS has threat protection.",
    advice: "Keep the tier, or confirm what blocks compromised credentials instead.",
    ...onChange(POOL, "user_pool_tier", leaves("PLUS")),
  },
  {
    kind: "access-opened",
    reason: "Anyone can sign up; so far only administrators created accounts.",
    advice: "Keep allow_admin_create_user_only = true, or verify new accounts before they get access.",
    ...onChange(POOL, "admin_create_user_config.allow_admin_create_user_only", turnsOff),
  },
  {
    kind: "access-opened",
    reason: "New accounts are no longer verified: anyone can sign up with another person's address.",
    advice: "Keep auto_verified_attributes.",
    ...onChange(POOL, "auto_verified_attributes", loses),
  },
  {
    kind: "access-opened",
    reason:
      "A new address takes effect before it is verified: a stolen session can set one and reset the password with it.",
    advice: "Keep attributes_require_verification_before_update.",
    ...onChange(POOL, "user_attribute_update_settings.attributes_require_verification_before_update", loses),
  },
  {
    kind: "access-opened",
    reason: "There is another way to recover an account: an attacker who controls it can set a new password.",
    advice: "Offer only ways that are as safe as the sign-in itself.",
    ...onChange(POOL, "account_recovery_setting.recovery_mechanism", (before, after) =>
      gains(recoveryWays(before), recoveryWays(after)),
    ),
  },
  {
    kind: "access-opened",
    reason: "New devices are no longer challenged, or remembered devices replace the second factor.",
    advice: "Keep challenge_required_on_new_device.",
    ...onChange(POOL, "device_configuration.challenge_required_on_new_device", turnsOff),
  },
  {
    kind: "access-opened",
    reason: "A first factor other than the password is allowed at sign-in.",
    advice: "Confirm that a code or a passkey alone is enough for every account.",
    ...onChange(POOL, "sign_in_policy.allowed_first_auth_factors", gains),
  },
  {
    kind: "access-opened",
    severity: "low",
    reason: "Error responses reveal which user names exist.",
    advice: 'Keep prevent_user_existence_errors = "ENABLED".',
    ...onValue(CLIENT, "prevent_user_existence_errors", (value) => value !== "ENABLED"),
  },
  {
    kind: "access-opened",
    reason: "The client accepts more sign-in flows.",
    advice: "Keep to the flows that the functions use.",
    ...onChange(CLIENT, "explicit_auth_flows", gains),
  },
  {
    kind: "access-opened",
    reason: "Refresh token rotation is turned off: a stolen token stays usable.",
    advice: "Keep refresh_token_rotation.",
    ...onChange(CLIENT, "refresh_token_rotation.feature", leaves("ENABLED")),
  },
  {
    kind: "access-opened",
    reason: "OAuth gets more flows, scopes, callback or logout URLs, or identity providers.",
    advice: "Keep to the authorization code flow, scopes in use, and exact HTTPS URLs of your own.",
    ...anyOf(
      onChange(
        CLIENT,
        ["allowed_oauth_flows", "allowed_oauth_scopes", "callback_urls", "logout_urls", "supported_identity_providers"],
        gains,
      ),
      onChange(CLIENT, "allowed_oauth_flows_user_pool_client", turnsOn),
    ),
  },
  {
    kind: "access-opened",
    reason: "Apps may read, or users may change, more user attributes.",
    advice: "List what the app needs; keep attributes that functions trust out of write_attributes.",
    // not set: the standard attributes
    ...onChange(
      CLIENT,
      ["read_attributes", "write_attributes"],
      (before, after) => !isEmpty(before) && (isEmpty(after) || gains(before, after)),
    ),
  },
  {
    kind: "access-opened",
    reason: "Risky sign-ins or compromised passwords are no longer blocked.",
    advice: "Keep the actions as strict as they are.",
    ...anyOf(
      onDestroy("aws_cognito_risk_configuration"),
      onChange(
        "aws_cognito_risk_configuration",
        [
          "compromised_credentials_risk_configuration.actions.event_action",
          ...["low_action", "medium_action", "high_action"].map(
            (level) => `account_takeover_risk_configuration.actions.${level}.event_action`,
          ),
        ],
        fallsBelow("", "NO_ACTION", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "BLOCK"),
      ),
      onChange("aws_cognito_risk_configuration", "compromised_credentials_risk_configuration.event_filter", loses),
      onChange("aws_cognito_risk_configuration", "risk_exception_configuration.skipped_ip_range_list", gains),
    ),
  },
];

const recoveryWays = (list: unknown): unknown[] =>
  (Array.isArray(list) ? list : []).map((way) => own(way, "name")).filter((name) => name !== "admin_only");

/** Cognito's defaults. */
const numbers = [
  { name: "minimum_length", usual: 8, worse: (before: number, after: number) => after < before },
  { name: "password_history_size", usual: 0, worse: (before: number, after: number) => after < before },
  { name: "temporary_password_validity_days", usual: 7, worse: (before: number, after: number) => after > before },
];
const classes = ["require_lowercase", "require_uppercase", "require_numbers", "require_symbols"];

function passwordPolicy(plan: Plan): Finding[] {
  return plan.ofType(POOL).flatMap((change) => {
    if (!stays(change) || change.verb === "keep") return [];
    if (unknowable(plan, change, "password_policy")) return [unknownFinding(change, "password_policy")];
    const at = (side: "before" | "after", name: string) => own(pick(change[side], "password_policy.0"), name);
    const lost = classes.filter((name) => at("before", name) === true && at("after", name) !== true);
    const worse = numbers.filter((rule) =>
      rule.worse(Number(at("before", rule.name) || rule.usual), Number(at("after", rule.name) || rule.usual)),
    );
    return [...worse.map((rule) => rule.name), ...lost].map((name) => place(change, `password_policy.${name}`));
  });
}

/** Settings of the pool and its clients that make it easier to take over an account. */
import { gains, isRemoved, turnsOff } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { isEmpty, own, pick } from "../plan/value";
import { badValue, type Danger, type Finding, place, stays, unknowable, unknownFinding, weakened } from "./danger";

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";

/** From the weakest to the strongest level. */
const ranked =
  (...levels: readonly string[]) =>
  (before: unknown, after: unknown): boolean =>
    levels.indexOf(String(after)) < levels.indexOf(String(before));

export const accessUsers: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "The password policy gets weaker.",
    advice: "Keep at least 14 characters of all classes, and temporary passwords for at most 7 days.",
    find: passwordPolicy,
  },
  {
    kind: "access-opened",
    reason: "MFA gets weaker: a password alone may be enough.",
    advice: "Keep MFA at least as strict as it is.",
    find: weakened({ types: [POOL], attribute: "mfa_configuration", worse: ranked("OFF", "OPTIONAL", "ON") }),
  },
  {
    kind: "access-opened",
    reason: "Authenticator apps are disabled as a second factor.",
    advice: "Keep software_token_mfa_configuration enabled.",
    find: weakened({ types: [POOL], attribute: "software_token_mfa_configuration.enabled", worse: turnsOff }),
  },
  {
    kind: "access-opened",
    reason: "Threat protection gets weaker: compromised credentials and risky sign-ins are no longer blocked.",
    advice: "Keep advanced_security_mode as it is, and the tier PLUS that it needs.",
    find: weakened({
      types: [POOL],
      attribute: "user_pool_add_ons.advanced_security_mode",
      worse: ranked("undefined", "OFF", "AUDIT", "ENFORCED"),
    }),
  },
  {
    kind: "access-opened",
    reason: "Only the tier PLUS has threat protection.",
    advice: "Keep the tier, or confirm what blocks compromised credentials instead.",
    find: weakened({
      types: [POOL],
      attribute: "user_pool_tier",
      worse: (before, after) => before === "PLUS" && after !== "PLUS",
    }),
  },
  {
    kind: "access-opened",
    reason: "Anyone can sign up; so far only administrators created accounts.",
    advice: "Keep allow_admin_create_user_only = true, or verify new accounts before they get access.",
    find: weakened({
      types: [POOL],
      attribute: "admin_create_user_config.allow_admin_create_user_only",
      worse: turnsOff,
    }),
  },
  {
    kind: "access-opened",
    reason: "A trigger that checked sign-up or sign-in is removed.",
    advice: "Keep the trigger, or confirm what checks it instead.",
    find: (plan) =>
      ["pre_sign_up", "pre_authentication", "define_auth_challenge", "verify_auth_challenge_response"].flatMap((name) =>
        weakened({ types: [POOL], attribute: `lambda_config.${name}`, worse: isRemoved })(plan),
      ),
  },
  {
    kind: "access-opened",
    reason: "Error responses reveal which user names exist.",
    advice: 'Keep prevent_user_existence_errors = "ENABLED".',
    find: badValue({
      types: [CLIENT],
      attribute: "prevent_user_existence_errors",
      bad: (value) => value !== "ENABLED",
    }),
  },
  {
    kind: "access-opened",
    reason: "The client accepts more sign-in flows.",
    advice: "Keep to the flows that the functions use.",
    find: weakened({ types: [CLIENT], attribute: "explicit_auth_flows", worse: gains }),
  },
  {
    kind: "access-opened",
    reason: "Refresh token rotation is turned off: a stolen token stays usable.",
    advice: "Keep refresh_token_rotation.",
    find: weakened({
      types: [CLIENT],
      attribute: "refresh_token_rotation.feature",
      worse: (before, after) => before === "ENABLED" && after !== "ENABLED",
    }),
  },
  {
    kind: "access-opened",
    reason: "OAuth gets more flows, scopes, callback URLs or identity providers.",
    advice: "Keep to the authorization code flow, scopes in use, and exact HTTPS URLs of your own.",
    find: (plan) =>
      ["allowed_oauth_flows", "allowed_oauth_scopes", "callback_urls", "supported_identity_providers"].flatMap(
        (attribute) => weakened({ types: [CLIENT], attribute, worse: gains })(plan),
      ),
  },
  {
    kind: "access-opened",
    reason: "Users may change more of their own attributes.",
    advice: "Keep attributes that functions trust out of write_attributes.",
    find: weakened({
      types: [CLIENT],
      attribute: "write_attributes",
      worse: (before, after) => !isEmpty(before) && gains(before, after),
    }),
  },
  {
    kind: "access-opened",
    reason: "A protection of sign-ins or requests is removed.",
    advice: "Keep it, or confirm what replaces it.",
    find: (plan) =>
      plan
        .ofType("aws_cognito_risk_configuration", "aws_wafv2_web_acl_association")
        .filter((change) => change.verb === "destroy")
        .map((change) => ({ address: change.address, attribute: "destroy", before: "exists", after: "destroyed" })),
  },
];

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

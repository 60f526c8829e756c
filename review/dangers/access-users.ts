/** Settings of the pool and its clients that make it easier to be somebody else. */
import type { Plan } from "../plan/plan";
import { isEmpty, own, pick, texts } from "../plan/value";
import { badValue, type Danger, type Finding, place, stays, unknowable, unseen, weakened } from "./danger";

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";

/** From the weakest to the strongest; what is missing is the first. */
const ranked =
  (...levels: readonly string[]) =>
  (before: unknown, after: unknown): boolean =>
    levels.indexOf(String(after)) < levels.indexOf(String(before));

const turnedOff = (before: unknown, after: unknown) => before === true && after !== true;
const gone = (before: unknown, after: unknown) => !isEmpty(before) && isEmpty(after);
const gains = (before: unknown, after: unknown) => texts(after).some((item) => !texts(before).includes(item));

export const accessUsers: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "The password policy gets weaker: passwords that are easier to guess are taken.",
    advice: "Keep at least 14 characters of all classes, and temporary passwords for at most 7 days.",
    find: passwordPolicy,
  },
  {
    kind: "access-opened",
    reason: "A second factor is no longer asked for: a password alone is enough.",
    advice: "Keep MFA at least as strict as it is.",
    find: weakened({ types: [POOL], attribute: "mfa_configuration", worse: ranked("OFF", "OPTIONAL", "ON") }),
  },
  {
    kind: "access-opened",
    reason: "Authenticator apps are no longer taken as a second factor.",
    advice: "Keep software_token_mfa_configuration enabled.",
    find: weakened({ types: [POOL], attribute: "software_token_mfa_configuration.enabled", worse: turnedOff }),
  },
  {
    kind: "access-opened",
    reason: "Threat protection gets weaker: stolen passwords and odd sign-ins are no longer stopped.",
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
    advice: "Keep the tier, or say in the review what stops stolen passwords instead.",
    find: weakened({
      types: [POOL],
      attribute: "user_pool_tier",
      worse: (before, after) => before === "PLUS" && after !== "PLUS",
    }),
  },
  {
    kind: "access-opened",
    reason: "Anybody can make an account; so far only administrators could.",
    advice: "Keep allow_admin_create_user_only = true, or check new accounts before they may do anything.",
    find: weakened({
      types: [POOL],
      attribute: "admin_create_user_config.allow_admin_create_user_only",
      worse: turnedOff,
    }),
  },
  {
    kind: "access-opened",
    reason: "A check of one's own that Cognito asked before signing somebody up or in is gone.",
    advice: "Keep the trigger, or say in the review what checks it instead.",
    find: (plan) =>
      ["pre_sign_up", "pre_authentication", "define_auth_challenge", "verify_auth_challenge_response"].flatMap((name) =>
        weakened({ types: [POOL], attribute: `lambda_config.${name}`, worse: gone })(plan),
      ),
  },
  {
    kind: "access-opened",
    reason: "Answers tell which user names exist: the first half of guessing an account.",
    advice: 'Keep prevent_user_existence_errors = "ENABLED".',
    find: badValue({
      types: [CLIENT],
      attribute: "prevent_user_existence_errors",
      bad: (value) => value !== "ENABLED",
    }),
  },
  {
    kind: "access-opened",
    reason: "The client takes ways of signing in that it did not take before.",
    advice: "Keep to the flows that the functions use.",
    find: weakened({ types: [CLIENT], attribute: "explicit_auth_flows", worse: gains }),
  },
  {
    kind: "access-opened",
    reason: "A used refresh token is no longer retired: a stolen one is not noticed.",
    advice: "Keep refresh_token_rotation.",
    find: weakened({
      types: [CLIENT],
      attribute: "refresh_token_rotation.feature",
      worse: (before, after) => before === "ENABLED" && after !== "ENABLED",
    }),
  },
  {
    kind: "access-opened",
    reason: "OAuth hands out tokens in more ways, with more rights, or to more addresses.",
    advice: "Authorization code only, the scopes in use, and exact HTTPS addresses of your own.",
    find: (plan) =>
      ["allowed_oauth_flows", "allowed_oauth_scopes", "callback_urls", "supported_identity_providers"].flatMap(
        (attribute) => weakened({ types: [CLIENT], attribute, worse: gains })(plan),
      ),
  },
  {
    kind: "access-opened",
    reason: "Users may write attributes of their own that they could not write before.",
    advice: "Leave out of write_attributes whatever the functions trust.",
    find: weakened({
      types: [CLIENT],
      attribute: "write_attributes",
      worse: (before, after) => !isEmpty(before) && gains(before, after),
    }),
  },
  {
    kind: "access-opened",
    reason: "What watched over sign-ins or requests is gone.",
    advice: "Keep it, or say in the review what does its work instead.",
    find: (plan) =>
      plan
        .ofType("aws_cognito_risk_configuration", "aws_wafv2_web_acl_association")
        .filter((change) => change.verb === "destroy")
        .map((change) => ({ address: change.address, attribute: "destroy", before: "exists", after: "destroyed" })),
  },
];

/** Cognito's own policy, where none is set. */
const numbers = [
  { name: "minimum_length", usual: 8, worse: (before: number, after: number) => after < before },
  { name: "password_history_size", usual: 0, worse: (before: number, after: number) => after < before },
  { name: "temporary_password_validity_days", usual: 7, worse: (before: number, after: number) => after > before },
];
const classes = ["require_lowercase", "require_uppercase", "require_numbers", "require_symbols"];

function passwordPolicy(plan: Plan): Finding[] {
  return plan.ofType(POOL).flatMap((change) => {
    if (!stays(change) || change.verb === "keep") return [];
    if (unknowable(plan, change, "password_policy")) return [unseen(change, "password_policy")];
    const at = (side: "before" | "after", name: string) => own(pick(change[side], "password_policy.0"), name);
    const lost = classes.filter((name) => at("before", name) === true && at("after", name) !== true);
    const worse = numbers.filter((rule) =>
      rule.worse(Number(at("before", rule.name) || rule.usual), Number(at("after", rule.name) || rule.usual)),
    );
    return [...worse.map((rule) => rule.name), ...lost].map((name) => place(change, `password_policy.${name}`));
  });
}

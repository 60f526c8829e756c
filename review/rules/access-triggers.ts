/** Functions that a pool runs when users sign up and in: what they decide, and whose they are. */
import { isRemoved, isSwapped } from "../plan/compare";
import type { Change } from "../plan/plan";
import type { Side } from "../plan/resolve";
import { asList, asObject, isEmpty, own } from "../plan/value";
import { type Finding, place, type Rule, stays } from "./rule";
import { onChange } from "./searches";

const POOL = "aws_cognito_user_pool";

export const accessTriggers: readonly Rule[] = [
  {
    kind: "access-opened",
    reason: "A trigger that checked sign-up or sign-in, or set the tokens' claims, is removed.",
    advice: "Keep the trigger, or confirm what does it instead.",
    ...onChange(
      POOL,
      [
        "pre_sign_up",
        "pre_authentication",
        "define_auth_challenge",
        "verify_auth_challenge_response",
        "pre_token_generation",
        "pre_token_generation_config",
      ].map((name) => `lambda_config.${name}`),
      isRemoved,
    ),
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "A trigger runs another function: it sees what users enter and decides who gets in, and with which claims.",
    advice: "Confirm whose function it is, and what it does.",
    ...onChange(
      POOL,
      [
        "create_auth_challenge",
        "custom_message",
        "define_auth_challenge",
        "post_authentication",
        "post_confirmation",
        "pre_authentication",
        "pre_sign_up",
        "pre_token_generation",
        "user_migration",
        "verify_auth_challenge_response",
        "pre_token_generation_config.lambda_arn",
        "custom_email_sender.lambda_arn",
        "custom_sms_sender.lambda_arn",
      ].map((name) => `lambda_config.${name}`),
      isAnotherFunction,
    ),
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "A new trigger runs a function of another account, which sees what users enter.",
    advice: "Run triggers from this account only.",
    find: (plan) => plan.ofType(POOL).flatMap(foreignTriggers),
  },
  {
    kind: "access-opened",
    severity: "low",
    reason: "The trigger gets another version of the event: claims and scopes that it sets in access tokens are lost.",
    advice: "Keep lambda_version, or change the function with it.",
    ...onChange(POOL, "lambda_config.pre_token_generation_config.lambda_version", isSwapped),
  },
];

/** Another version of the same function is a deployment. */
function isAnotherFunction(before: unknown, after: unknown): boolean {
  const name = (arn: unknown) => String(arn ?? "").replace(/^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+).*/, "$1");
  return isSwapped(name(before), name(after));
}

const accountOf = (arn: unknown): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(String(arn ?? ""))?.[1];

function foreignTriggers(change: Change): Finding[] {
  if (!stays(change) || change.verb === "keep") return [];
  const triggers = (side: Side) => asObject(asList(own(change[side], "lambda_config"))[0]);
  const [before, account] = [triggers("before"), accountOf(own(change.before, "arn"))];
  return Object.entries(triggers("after"))
    .filter(([name, arn]) => isEmpty(before[name]) && accountOf(arn) !== undefined && accountOf(arn) !== account)
    .map(([name]) => place(change, `lambda_config.${name}`));
}

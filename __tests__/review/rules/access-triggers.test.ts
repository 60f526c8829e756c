import { accessTriggers } from "../../../review/rules/access-triggers";
import { between, pairs } from "../support/pairs";
import { updated } from "../support/plan";

const POOL = "aws_cognito_user_pool.main";
const pool = { name: "shop", arn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Abc" };
const FN = "arn:aws:lambda:us-east-1:123456789012:function:check";
const preToken = (lambda_version: string) => ({
  ...pool,
  lambda_config: [{ pre_token_generation_config: [{ lambda_arn: FN, lambda_version }] }],
});
const trigger = (before: string, after: string) => [
  updated(
    POOL,
    { ...pool, lambda_config: [{ pre_sign_up: before }] },
    { ...pool, lambda_config: [{ pre_sign_up: after }] },
  ),
];

pairs(accessTriggers, [
  [
    "access-opened",
    "a trigger that runs a function of another account",
    trigger(FN, FN.replace("123456789012", "999999999999")),
    "another version of the same function",
    trigger(`${FN}:1`, `${FN}:2`),
  ],
  [
    "access-opened",
    "a trigger that gets an older event",
    [updated(POOL, preToken("V2_0"), preToken("V1_0"))],
    "a trigger that comes",
    [updated(POOL, pool, preToken("V2_0"))],
  ],
  between(
    POOL,
    pool,
    "a trigger before sign-up",
    { lambda_config: [] },
    { lambda_config: [{ pre_sign_up: "arn:aws:lambda:x" }] },
  ),
  [
    "access-opened",
    "a new trigger of another account",
    [updated(POOL, pool, { ...pool, lambda_config: [{ user_migration: FN.replace("123456789012", "999999999999") }] })],
    "a new trigger of this account",
    [updated(POOL, pool, { ...pool, lambda_config: [{ user_migration: FN }] })],
  ],
]);

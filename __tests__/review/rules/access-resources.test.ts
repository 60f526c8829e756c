import { accessResources } from "../../../review/rules/access-resources";
import { oneWay, pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, updated } from "../support/plan";

const policy = (principal: unknown, more: object = {}) => ({
  policy: JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: principal, Action: "s3:GetObject", Resource: "arn:b/*", ...more }],
  }),
});
const account = { AWS: "arn:aws:iam::123456789012:root" };
const BUCKET = "aws_s3_bucket_policy";
const BLOCK = "aws_s3_bucket_public_access_block";

pairs(accessResources, [
  oneWay("access-opened", BUCKET, policy(account), policy("*")),
  oneWay("access-opened", "aws_kms_key", policy(account), policy({ AWS: "*" })),
  oneWay(
    "access-opened",
    "aws_sqs_queue",
    policy(account),
    policy({ AWS: ["arn:aws:iam::123456789012:root", "arn:aws:iam::999999999999:root"] }),
  ),
  [
    "access-opened",
    "a new queue for everybody",
    [created("aws_sqs_queue_policy.q", policy("*"))],
    "a new queue for everybody in one organization",
    [created("aws_sqs_queue_policy.q", policy("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }))],
  ],
  [
    "access-opened",
    "a policy that goes with its denial",
    [destroyed(`${BUCKET}.b`, policy("*", { Effect: "Deny" }))],
    "one that goes and denied nothing",
    [destroyed(`${BUCKET}.b`, policy(account))],
  ],
  [
    "unknown",
    "a policy known only after apply",
    [updated(`${BUCKET}.b`, policy(account), {}, { unknown: { policy: true } })],
    "one that stays",
    [updated(`${BUCKET}.b`, { ...policy(account), a: 1 }, { ...policy(account), a: 2 })],
  ],
  oneWay("access-opened", BLOCK, { block_public_policy: true }, { block_public_policy: false }),
  whenDestroyed("access-opened", BLOCK),
  oneWay("access-opened", "aws_s3_bucket_acl", { acl: "private" }, { acl: "public-read" }),
  oneWay(
    "access-opened",
    "aws_s3_bucket_cors_configuration",
    { cors_rule: [{ allowed_origins: ["https://a"] }] },
    { cors_rule: [{ allowed_origins: ["https://a", "*"] }] },
  ),
  oneWay("access-opened", "aws_sqs_queue", { kms_master_key_id: "arn:key" }, { kms_master_key_id: "" }),
  [
    "access-opened",
    "a topic that tells somebody else",
    [updated("aws_sns_topic_subscription.s", { endpoint: "a@example.com" }, { endpoint: "b@example.com" })],
    "a new subscription",
    [created("aws_sns_topic_subscription.s", { endpoint: "a@example.com" })],
  ],
]);

import { accessResources } from "../../../review/rules/access-resources";
import { oneWay, pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, updated } from "../support/plan";

const BLOCK = "aws_s3_bucket_public_access_block";

pairs(accessResources, [
  oneWay("access-opened", BLOCK, { block_public_policy: true }, { block_public_policy: false }),
  whenDestroyed("access-opened", BLOCK),
  [
    "access-opened",
    "an image that another account may use",
    [created("aws_ami_launch_permission.p", { account_id: "999999999999" })],
    "one that it may no longer use",
    [destroyed("aws_ami_launch_permission.p", { account_id: "999999999999" })],
  ],
  oneWay("access-opened", "aws_s3_bucket_acl", { acl: "private" }, { acl: "public-read" }),
  oneWay(
    "access-opened",
    "aws_s3_bucket_acl",
    { access_control_policy: [] },
    {
      access_control_policy: [
        {
          grant: [
            {
              permission: "READ",
              grantee: [{ type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" }],
            },
          ],
        },
      ],
    },
  ),
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

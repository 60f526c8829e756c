/** Who can read or write data past the API: what makes a bucket public, its origins, keys, receivers of messages. */

import { gains, isOther, isSwapped, turnsOff } from "../plan/compare";
import { asList, own, texts } from "../plan/value";
import { CREATED, ENDED, looks, place, type Rule } from "./rule";
import { anyOf, onChange, onDestroy, onValue } from "./searches";

const BLOCK = "aws_s3_bucket_public_access_block";
const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** Each is a share with whom the attribute names. */
const shares: Readonly<Record<string, string>> = {
  aws_ami_launch_permission: "account_id",
  aws_cloudwatch_event_permission: "principal",
  aws_ram_principal_association: "principal",
  aws_redshift_endpoint_authorization: "account",
  aws_snapshot_create_volume_permission: "account_id",
};

export const accessResources: readonly Rule[] = [
  {
    kind: "access-opened",
    severity: "high",
    reason: "The bucket can be made public, or is.",
    advice: "Keep all four settings of the public access block on.",
    ...anyOf(
      onDestroy(BLOCK),
      onChange(BLOCK, BLOCKS, turnsOff),
      onValue("aws_s3_bucket_acl", "acl", isPublicAcl),
      onValue("aws_s3_bucket", "acl", isPublicAcl),
      onValue("aws_s3_bucket", "grant", isPublicGrant),
      onValue("aws_s3_bucket_acl", "access_control_policy", isPublicGrant),
    ),
  },
  {
    kind: "access-opened",
    reason: "Something of this account is shared with another account, or everybody.",
    advice: "Confirm the account; share with an organization or a copy that holds no more than is needed.",
    looksAt: looks(Object.keys(shares), CREATED, ENDED, ...Object.values(shares)),
    find: (plan) =>
      plan
        .ofType(...Object.keys(shares))
        .filter(({ verb }) => verb === "create" || verb === "update" || verb === "replace")
        .map((change) => place(change, shares[change.type] ?? "id", change.before ? {} : { before: "not shared" })),
  },
  {
    kind: "access-opened",
    reason: "Scripts of more origins may read or write the bucket's objects.",
    advice: "List the exact origins of your own sites, never `*`.",
    ...onChange("aws_s3_bucket_cors_configuration", "cors_rule", (before, after) =>
      gains(origins(before), origins(after)),
    ),
  },
  {
    kind: "access-opened",
    reason: "The data is no longer encrypted with the project's own key.",
    advice: "Keep the key: who may use it decides who can read the data.",
    ...anyOf(
      onChange("aws_dynamodb_table", "server_side_encryption.enabled", turnsOff),
      onChange("aws_dynamodb_table", "server_side_encryption.kms_key_arn", isOther),
      onChange(["aws_sqs_queue", "aws_sns_topic"], "kms_master_key_id", isOther),
      onChange("aws_sqs_queue", "sqs_managed_sse_enabled", turnsOff),
      onChange(["aws_secretsmanager_secret"], "kms_key_id", isOther),
      onChange("aws_ssm_parameter", "key_id", isOther),
      onDestroy("aws_s3_bucket_server_side_encryption_configuration"),
      onChange("aws_s3_bucket_server_side_encryption_configuration", "rule", isOther),
    ),
  },
  {
    kind: "access-opened",
    reason: "The topic's messages go to another address.",
    advice: "Confirm who receives them.",
    ...onChange("aws_sns_topic_subscription", ["endpoint", "protocol"], isSwapped),
  },
];

/** `AllUsers`, or `AuthenticatedUsers`: those of any account. */
function isPublicGrant(value: unknown): boolean {
  return /groups\/global\/(All|Authenticated)Users/.test(JSON.stringify(value ?? ""));
}
function isPublicAcl(value: unknown): boolean {
  return /^(public-|authenticated-read)/.test(String(value ?? ""));
}
const origins = (rules: unknown): string[] => asList(rules).flatMap((rule) => texts(own(rule, "allowed_origins")));

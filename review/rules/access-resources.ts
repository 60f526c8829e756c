/** Who else may use keys, secrets, queues, topics, buckets and tables: their own policies, and what makes a bucket public. */

import { describeGrant, type Grant, grantsOf, newlyAllowed } from "../api/policy";
import { gains, isOther, isSwapped, turnsOff } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { asList, own, texts } from "../plan/value";
import { CREATED, ENDED, type Finding, looks, place, type Rule, unknowable, unknownFinding } from "./rule";
import { anyOf, onChange, onDestroy, onValue } from "./searches";

/** A policy that goes with its resource; the attribute is the same everywhere. */
const PART = [
  "aws_kms_key",
  "aws_kms_replica_key",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_sns_topic",
  "aws_sqs_queue",
  "aws_vpc_endpoint",
  "aws_efs_file_system",
];
const SEPARATE = [
  "aws_backup_vault_policy",
  "aws_cloudwatch_event_bus_policy",
  "aws_dynamodb_resource_policy",
  "aws_ecr_repository_policy",
  "aws_efs_file_system_policy",
  "aws_kinesis_resource_policy",
  "aws_kms_key_policy",
  "aws_s3_access_point_policy",
  "aws_s3_bucket_policy",
  "aws_secretsmanager_secret_policy",
  "aws_sns_topic_policy",
  "aws_sqs_queue_policy",
];
const BLOCK = "aws_s3_bucket_public_access_block";
const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const accessResources: readonly Rule[] = [
  {
    kind: "access-opened",
    severity: "high",
    reason: "The resource's policy lets another principal in, or anyone, or denies less.",
    advice: "Name the principals that need it, with a condition on their source (aws:SourceArn, aws:PrincipalOrgID).",
    looksAt: {
      ...looks(PART, "policy"),
      ...looks(
        SEPARATE,
        "policy",
        "resource_policy",
        "bucket",
        "arn",
        "key_id",
        "queue_url",
        "secret_arn",
        CREATED,
        ENDED,
      ),
    },
    find: (plan) => plan.ofType(...PART, ...SEPARATE).flatMap((change) => newPrincipals(plan, change)),
  },
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
    ),
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

function isPublicAcl(value: unknown): boolean {
  return /^(public-|authenticated-read)/.test(String(value ?? ""));
}
const origins = (rules: unknown): string[] => asList(rules).flatMap((rule) => texts(own(rule, "allowed_origins")));

const POLICY = "policy";

/** On something new, its makers have decided who is let in; anyone is a danger still. */
function newPrincipals(plan: Plan, change: Change): Finding[] {
  if (change.verb === "keep" || change.verb === "forget") return standingStar(plan, change);
  if (!change.after) return SEPARATE.includes(change.type) ? lostDenials(plan, change) : [];
  const text = plannedValue(plan, change, POLICY);
  const after = grantsOf(plan, text);
  if (after === undefined || (text === undefined && unknowable(plan, change, POLICY))) {
    return [unknownFinding(change, POLICY)];
  }
  const more = newlyAllowed(grantsOf(plan, own(change.before, POLICY)) ?? [], after).filter(
    (grant) => change.before !== undefined || isAnyone(grant),
  );
  return more.length === 0 ? [] : [grantsFinding(change, more)];
}

const grantsFinding = (change: Change, grants: readonly Grant[]): Finding =>
  place(change, POLICY, { before: "not granted", after: grants.map(describeGrant) });

const isAnyone = (grant: Grant) => grant.allow && grant.principal.startsWith("*") && grant.condition === "";

function lostDenials(plan: Plan, change: Change): Finding[] {
  const denials = (grantsOf(plan, own(change.before, POLICY)) ?? []).filter((grant) => !grant.allow);
  return denials.length === 0 ? [] : [grantsFinding(change, denials)];
}

function standingStar(plan: Plan, change: Change): Finding[] {
  const anyone = (grantsOf(plan, own(change.after, POLICY)) ?? []).filter(isAnyone);
  return anyone.length === 0 ? [] : [place(change, POLICY, { after: anyone.map(describeGrant), standing: true })];
}

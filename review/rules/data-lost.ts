/** Data that is deleted, or that one mistake more would delete. */
import { becomes, falls, isOther, isRemoved, leaves, loses, turnsOff, turnsOn } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { successor } from "../plan/renamed";
import { target } from "../plan/resolve";
import { asList, isEmpty, own, same } from "../plan/value";
import { deletesMore } from "./lifecycle";
import { ENDED, type Finding, looks, place, type Rule } from "./rule";
import { anyOf, endedFinding, ends, onChange, onDestroy } from "./searches";
import { isStore, stores } from "./stores";

const TABLE = "aws_dynamodb_table";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const QUEUE = "aws_sqs_queue";
const DATABASES = [
  "aws_db_instance",
  "aws_rds_cluster",
  "aws_docdb_cluster",
  "aws_neptune_cluster",
  "aws_rds_global_cluster",
  "aws_docdb_global_cluster",
  "aws_neptune_global_cluster",
  "aws_neptunegraph_graph",
  "aws_qldb_ledger",
  "aws_redshift_cluster",
  "aws_lightsail_database",
  "aws_docdbelastic_cluster",
];
const FILE_SYSTEMS = ["lustre", "ontap", "openzfs", "windows"].map((kind) => `aws_fsx_${kind}_file_system`);
const FORCED = [
  "aws_s3_bucket",
  "aws_s3_directory_bucket",
  "aws_lightsail_bucket",
  "aws_ecr_repository",
  "aws_ecrpublic_repository",
  "aws_backup_vault",
  "aws_athena_database",
  "aws_rds_global_cluster",
  "aws_route53_zone",
];
const CACHES = [
  "aws_elasticache_cluster",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
  "aws_memorydb_cluster",
];

export const dataLost: readonly Rule[] = [
  {
    kind: "data-lost",
    severity: "high",
    reason: "It is destroyed with all that it holds.",
    advice: "Back it up first, or keep it with a `removed` block (destroy = false).",
    looksAt: looks(stores, ENDED),
    find: destroyedStores,
  },
  {
    kind: "data-lost",
    reason: "Without deletion protection, one apply or one click deletes it with all that it holds.",
    advice: "Keep the protection unless it is to be deleted.",
    ...anyOf(
      onChange([TABLE, "aws_dynamodb_table_replica", "aws_dsql_cluster"], "deletion_protection_enabled", turnsOff),
      onChange("aws_cloudtrail_event_data_store", "termination_protection_enabled", turnsOff),
      onChange(DATABASES, "deletion_protection", turnsOff),
      onChange(FORCED, ["force_destroy", "force_delete"], turnsOn),
      onChange(DATABASES, "skip_final_snapshot", turnsOn),
      onChange([...FILE_SYSTEMS, "aws_fsx_ontap_volume"], "skip_final_backup", turnsOn),
      onChange(CACHES, ["final_snapshot_identifier", "final_snapshot_name"], isRemoved),
      onChange(["aws_db_instance", "aws_rds_cluster"], "delete_automated_backups", turnsOn),
      onChange("aws_cognito_identity_pool", "deletion_protection", turnsOff),
    ),
  },
  {
    kind: "data-lost",
    reason: "Backups are reduced: a mistake cannot be undone, or only from an older copy.",
    advice: "Keep point-in-time recovery, versioning and backups as they are.",
    ...anyOf(
      onChange(TABLE, "point_in_time_recovery.enabled", turnsOff),
      onChange(TABLE, "point_in_time_recovery.recovery_period_in_days", falls(35)),
      onChange("aws_dynamodb_table_replica", "point_in_time_recovery", turnsOff),
      onChange("aws_keyspaces_table", "point_in_time_recovery.status", leaves("ENABLED")),
      onChange(TABLE, "replica", (before, after) => loses(regions(before), regions(after))),
      onChange("aws_s3_bucket_versioning", "versioning_configuration.status", leaves("Enabled")),
      onChange("aws_s3_bucket_versioning", "versioning_configuration.mfa_delete", leaves("Enabled")),
      onChange("aws_s3_bucket", "versioning.enabled", turnsOff),
      onDestroy(
        "aws_s3_bucket_versioning",
        "aws_s3_bucket_replication_configuration",
        "aws_s3_bucket_object_lock_configuration",
      ),
      onDestroy(
        "aws_backup_plan",
        "aws_backup_selection",
        "aws_backup_vault_lock_configuration",
        "aws_dlm_lifecycle_policy",
        "aws_efs_backup_policy",
        "aws_efs_replication_configuration",
        "aws_db_instance_automated_backups_replication",
        "aws_redshift_snapshot_copy",
        "aws_rbin_rule",
      ),
      onChange("aws_backup_plan", "rule", isOther),
      onChange("aws_backup_selection", ["resources", "selection_tag"], (before, after) => !same(before, after)),
      onChange([...DATABASES, ...CACHES], ["backup_retention_period", "snapshot_retention_limit"], falls(0)),
      onChange("aws_db_instance_automated_backups_replication", "retention_period", falls(7)),
      onChange("aws_redshift_cluster", "automated_snapshot_retention_period", falls(1)),
      onChange("aws_lightsail_database", "backup_retention_enabled", turnsOff),
      onChange(FILE_SYSTEMS, "automatic_backup_retention_days", falls(0)),
      onChange("aws_efs_backup_policy", "backup_policy.status", leaves("ENABLED")),
    ),
  },
  {
    kind: "data-lost",
    severity: "low",
    reason: "A deleted secret or key is gone sooner: there is less time to notice the mistake.",
    advice: "Keep the window at 30 days.",
    ...anyOf(
      onChange(["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"], "deletion_window_in_days", falls(30)),
      onChange("aws_kms_replica_external_key", "deletion_window_in_days", falls(30)),
      onChange("aws_secretsmanager_secret", "recovery_window_in_days", falls(30)),
    ),
  },
  {
    kind: "data-lost",
    reason: "Rows, objects, messages or images expire, or expire sooner than before.",
    advice: "Confirm that nothing needs what is older.",
    ...anyOf(
      onChange(TABLE, "ttl.enabled", turnsOn),
      onChange(TABLE, "ttl.attribute_name", (before, after) => !isEmpty(before) && !isEmpty(after) && before !== after),
      onChange(QUEUE, "message_retention_seconds", falls(345_600)),
      onChange("aws_kinesis_stream", "retention_period", falls(24)),
      onChange("aws_kinesis_video_stream", "data_retention_in_hours", falls(0)),
      onChange("aws_keyspaces_table", "default_time_to_live", (before, after) => before !== after && Number(after) > 0),
      onChange(
        "aws_timestreamwrite_table",
        ["magnetic_store_retention_period_in_days", "memory_store_retention_period_in_hours"].map(
          (name) => `retention_properties.${name}`,
        ),
        falls(),
      ),
      onChange("aws_cloudtrail_event_data_store", "retention_period", falls(2555)),
      onChange(LIFECYCLE, "rule", deletesMore),
      onChange("aws_s3_bucket", "lifecycle_rule", deletesMore),
      onChange("aws_ecr_lifecycle_policy", "policy", isOther),
      onChange("aws_cloudwatch_event_archive", "retention_days", falls(Number.POSITIVE_INFINITY)),
    ),
  },
  {
    kind: "data-lost",
    reason: "Objects of a bucket that exists already are deleted by a new rule.",
    advice: "Confirm that nothing needs what is older.",
    find: (plan) =>
      plan
        .ofType(LIFECYCLE)
        .filter((change) => change.verb === "create" && deletesMore([], own(change.after, "rule")))
        .filter((change) => target(plan, change, "bucket", ["aws_s3_bucket"], "after")?.verb !== "create")
        .map((change) => place(change, "rule", { before: "no rule" })),
  },
  {
    kind: "data-lost",
    reason: "Failed events are dropped instead of being kept for another attempt.",
    advice: "Keep the dead-letter queue or the destination on failure.",
    ...anyOf(
      onChange(QUEUE, "redrive_policy", isRemoved),
      onDestroy("aws_sqs_queue_redrive_policy"),
      onChange("aws_lambda_function", "dead_letter_config", isRemoved),
      onChange("aws_lambda_event_source_mapping", ["destination_config", "maximum_record_age_in_seconds"], isRemoved),
      onChange("aws_sns_topic_subscription", "redrive_policy", isRemoved),
      onChange(["aws_scheduler_schedule"], "target.dead_letter_config", isRemoved),
      onChange("aws_cloudwatch_event_target", "dead_letter_config", isRemoved),
      onDestroy("aws_lambda_function_event_invoke_config"),
    ),
  },
  {
    kind: "data-lost",
    reason: "Messages that the new filter does not match are discarded.",
    advice: "Confirm that no other consumer needs them; a filter on a queue deletes what it leaves out.",
    ...anyOf(
      onChange(
        "aws_lambda_event_source_mapping",
        "filter_criteria",
        (before, after) => !isEmpty(after) && !same(before, after),
      ),
      onChange(
        "aws_sns_topic_subscription",
        "filter_policy",
        (before, after) => !isEmpty(after) && !same(before, after),
      ),
    ),
  },
  {
    kind: "data-lost",
    reason: "Backups can be deleted before their retention ends.",
    advice: "Keep the lock.",
    ...anyOf(
      onChange("aws_backup_vault_lock_configuration", "min_retention_days", falls(0)),
      onChange("aws_s3_bucket_object_lock_configuration", "rule", isOther),
      onChange("aws_s3_bucket", "object_lock_enabled", becomes(false)),
    ),
  },
];

const regions = (list: unknown): unknown[] => asList(list).map((item) => own(item, "region_name"));

function destroyedStores(plan: Plan): Finding[] {
  return plan.changes
    .filter((change) => ends(change) && !change.deposed && !change.data && isStore(change.type))
    .map((change) => {
      const to = change.verb === "destroy" ? successor(plan, change) : undefined;
      // renamed without a moved block: destroyed all the same, and the advice differs
      return to ? place(change, "address", { before: change.address, after: to.address }) : endedFinding(change);
    });
}

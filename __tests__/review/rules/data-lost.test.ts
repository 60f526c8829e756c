import { review } from "../../../review/report";
import { dataLost } from "../../../review/rules/data-lost";
import { oneWay, type Pair, pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, kept, planOf, replaced, updated } from "../support/plan";

const TABLE = "aws_dynamodb_table";
const table = { name: "notes", hash_key: "id" };
const lifecycle = (...rules: object[]) => ({ rule: rules });
const oneDay = { id: "a", status: "Enabled", expiration: [{ days: 1 }] };
const versions = (newer_noncurrent_versions: number) => ({
  ...oneDay,
  expiration: [],
  noncurrent_version_expiration: [{ noncurrent_days: 30, newer_noncurrent_versions }],
});
const filter = (pattern: string): Pair => [
  "data-lost",
  "a filter",
  [updated("aws_lambda_event_source_mapping.m", {}, { filter_criteria: [{ filter: [{ pattern }] }] })],
  "a filter that goes",
  [updated("aws_lambda_event_source_mapping.m", { filter_criteria: [{ filter: [{ pattern }] }] }, {})],
];

/** Guards and copies of further services, and what is worse than it. */
const guards: readonly [type: string, attribute: string, before: unknown, after: unknown][] = [
  ["aws_dynamodb_table_replica", "deletion_protection_enabled", true, false],
  ["aws_dsql_cluster", "deletion_protection_enabled", true, false],
  ["aws_docdb_global_cluster", "deletion_protection", true, false],
  ["aws_cloudtrail_event_data_store", "termination_protection_enabled", true, false],
  ["aws_redshift_cluster", "skip_final_snapshot", false, true],
  ["aws_fsx_windows_file_system", "skip_final_backup", false, true],
  ["aws_elasticache_replication_group", "final_snapshot_identifier", "last", null],
  ["aws_rds_cluster", "delete_automated_backups", false, true],
  ["aws_lightsail_bucket", "force_delete", false, true],
  ["aws_dynamodb_table_replica", "point_in_time_recovery", true, false],
  ["aws_keyspaces_table", "point_in_time_recovery", [{ status: "ENABLED" }], [{ status: "DISABLED" }]],
  ["aws_db_instance_automated_backups_replication", "retention_period", 14, 7],
  ["aws_redshift_cluster", "automated_snapshot_retention_period", 7, 1],
  ["aws_lightsail_database", "backup_retention_enabled", true, false],
  ["aws_fsx_openzfs_file_system", "automatic_backup_retention_days", 7, 0],
  ["aws_kms_replica_external_key", "deletion_window_in_days", 30, 7],
  ["aws_kinesis_video_stream", "data_retention_in_hours", 24, 1],
  ["aws_keyspaces_table", "default_time_to_live", 0, 60],
  [
    "aws_timestreamwrite_table",
    "retention_properties",
    [{ magnetic_store_retention_period_in_days: 365 }],
    [{ magnetic_store_retention_period_in_days: 30 }],
  ],
  ["aws_cloudtrail_event_data_store", "retention_period", 2555, 365],
];

pairs(dataLost, [
  ...guards.map(([type, attribute, before, after]) =>
    oneWay("data-lost", type, { [attribute]: before }, { [attribute]: after }),
  ),
  ...[
    "aws_s3_bucket",
    "aws_sqs_queue",
    "aws_secretsmanager_secret",
    "aws_kms_key",
    "aws_ssm_parameter",
    "aws_efs_file_system",
  ].map((type) => whenDestroyed("data-lost", type)),
  ...[
    "google_sql_database_instance",
    "azurerm_key_vault_key",
    "azurerm_storage_queue",
    "mongodbatlas_advanced_cluster",
  ].map((type) => whenDestroyed("data-lost", type)),
  [
    "data-lost",
    "a table replaced for another key",
    [replaced(`${TABLE}.t`, table, { ...table, hash_key: "sub" }, { replacePaths: [["hash_key"]] })],
    "a route table destroyed",
    [destroyed("aws_route_table.t", { id: "r" })],
  ],
  oneWay("data-lost", TABLE, { deletion_protection_enabled: true }, { deletion_protection_enabled: false }),
  oneWay("data-lost", "aws_s3_bucket", { force_destroy: false }, { force_destroy: true }),
  oneWay("data-lost", "aws_db_instance", { backup_retention_period: 7 }, { backup_retention_period: 0 }),
  oneWay(
    "data-lost",
    TABLE,
    { point_in_time_recovery: [{ enabled: true }] },
    { point_in_time_recovery: [{ enabled: false }] },
  ),
  oneWay(
    "data-lost",
    "aws_s3_bucket_versioning",
    { versioning_configuration: [{ status: "Enabled" }] },
    { versioning_configuration: [{ status: "Suspended" }] },
  ),
  oneWay("data-lost", "aws_kms_key", { deletion_window_in_days: 30 }, { deletion_window_in_days: 7 }),
  oneWay("data-lost", "aws_secretsmanager_secret", { recovery_window_in_days: 30 }, { recovery_window_in_days: 0 }),
  oneWay("data-lost", TABLE, { ttl: [{ enabled: false }] }, { ttl: [{ enabled: true, attribute_name: "expires" }] }),
  oneWay("data-lost", "aws_sqs_queue", { message_retention_seconds: 1_209_600 }, { message_retention_seconds: 60 }),
  [
    "data-lost",
    "objects that expire",
    [
      updated(
        "aws_s3_bucket_lifecycle_configuration.l",
        lifecycle(),
        lifecycle({ id: "a", status: "Enabled", expiration: [{ days: 1 }] }),
      ),
    ],
    "objects that move to a cheaper class",
    [
      updated(
        "aws_s3_bucket_lifecycle_configuration.l",
        lifecycle(),
        lifecycle({ id: "a", status: "Enabled", transition: [{ days: 1 }] }),
      ),
    ],
  ],
  oneWay(
    "data-lost",
    "aws_s3_bucket_lifecycle_configuration",
    lifecycle({ ...oneDay, expiration: [{ days: 365 }] }),
    lifecycle(oneDay),
  ),
  [
    "data-lost",
    "a rule that keeps fewer old versions",
    [updated("aws_s3_bucket_lifecycle_configuration.l", lifecycle(versions(5)), lifecycle(versions(1)))],
    "one that keeps more",
    [updated("aws_s3_bucket_lifecycle_configuration.l", lifecycle(versions(1)), lifecycle(versions(5)))],
  ],
  [
    "data-lost",
    "a rule for more objects",
    [updated("aws_s3_bucket_lifecycle_configuration.l", lifecycle({ ...oneDay, prefix: "tmp/" }), lifecycle(oneDay))],
    "a rule that is turned off",
    [
      updated(
        "aws_s3_bucket_lifecycle_configuration.l",
        lifecycle(oneDay),
        lifecycle({ ...oneDay, status: "Disabled" }),
      ),
    ],
  ],
  oneWay(
    "data-lost",
    "aws_s3_bucket",
    { lifecycle_rule: [] },
    { lifecycle_rule: [{ enabled: true, expiration: [{ days: 1 }] }] },
  ),
  [
    "data-lost",
    "a rule that deletes the objects of a bucket that exists",
    [
      kept("aws_s3_bucket.b", { id: "b" }),
      created("aws_s3_bucket_lifecycle_configuration.l", { bucket: "b", ...lifecycle(oneDay) }),
    ],
    "such a rule on a new bucket",
    [
      created("aws_s3_bucket.b", {}, { unknown: { id: true } }),
      created("aws_s3_bucket_lifecycle_configuration.l", lifecycle(oneDay), {
        unknown: { bucket: true },
        expressions: { bucket: { references: ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] } },
      }),
    ],
  ],
  oneWay("data-lost", "aws_sqs_queue", { redrive_policy: '{"maxReceiveCount":3}' }, { redrive_policy: "" }),
  filter('{"body":{"kind":["a"]}}'),
  oneWay("data-lost", "aws_backup_vault_lock_configuration", { min_retention_days: 30 }, { min_retention_days: 1 }),
]);

test("tells where a table that was renamed without a moved block is made again", () => {
  const plan = planOf([destroyed(`${TABLE}.notes`, table), created(`${TABLE}.pages`, table)]);
  expect(review(plan, []).dangers).toContainEqual(
    expect.objectContaining({ kind: "data-lost", attribute: "address", after: `${TABLE}.pages` }),
  );
});

test("is silent about the capacity of a new index, which the provider computes", () => {
  const index = { name: "by-mail", hash_key: "mail" };
  const plan = planOf([
    updated(
      `${TABLE}.t`,
      table,
      { ...table, global_secondary_index: [index] },
      {
        unknown: { global_secondary_index: [{ read_capacity: true }] },
        expressions: {
          global_secondary_index: [{ name: { constant_value: "by-mail" }, hash_key: { constant_value: "mail" } }],
        },
      },
    ),
  ]);
  expect(review(plan, [])).toMatchObject({ verdict: "safe", dangers: [] });
});

test("reports an index that is unknown because of its configuration", () => {
  const plan = planOf([
    updated(`${TABLE}.t`, { ...table, global_secondary_index: [{ name: "a" }] }, table, {
      unknown: { global_secondary_index: [{ name: true }] },
      expressions: { global_secondary_index: [{ name: { references: ["aws_x.y.id", "aws_x.y"] } }] },
    }),
  ]);
  expect(review(plan, []).dangers).toMatchObject([{ kind: "unknown", attribute: "global_secondary_index" }]);
});

test("is silent about a part of a block that only the provider computes", () => {
  const values = (hash_key: string) => ({ ...table, hash_key, point_in_time_recovery: [{ enabled: true }] });
  const plan = planOf([
    replaced(`${TABLE}.t`, values("id"), values("sub"), {
      unknown: { point_in_time_recovery: [{ recovery_period_in_days: true }] },
      expressions: { point_in_time_recovery: [{ enabled: { constant_value: true } }] },
    }),
  ]);
  expect(review(plan, []).dangers.map((danger) => danger.kind)).toEqual(["data-lost"]);
});

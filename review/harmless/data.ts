/** Tables, buckets, keys and secrets: what may change without harm. */
import { CREATED, ENDED } from "../rules/rule";
import type { HarmlessRow } from "./row";

export const data: readonly HarmlessRow[] = [
  [
    "aws_dynamodb_table",
    `${CREATED} attribute hash_key range_key local_secondary_index name read_capacity write_capacity stream_arn
    stream_enabled stream_label stream_view_type table_class on_demand_throughput import_table restore_date_time billing_mode
    global_secondary_index replica point_in_time_recovery`,
  ],
  ["aws_dynamodb_table_item aws_dynamodb_contributor_insights aws_dynamodb_kinesis_streaming_destination", CREATED],
  [
    "aws_s3_bucket",
    `${CREATED} bucket bucket_domain_name bucket_prefix bucket_regional_domain_name hosted_zone_id acceleration_status request_payer`,
  ],
  [
    "aws_s3_bucket_public_access_block aws_s3_bucket_versioning aws_s3_bucket_server_side_encryption_configuration",
    `${CREATED} bucket`,
  ],
  [
    "aws_s3_bucket_lifecycle_configuration aws_s3_bucket_cors_configuration",
    `${CREATED} ${ENDED} bucket transition_default_minimum_object_size`,
  ],
  ["aws_s3_bucket_object_lock_configuration aws_s3_bucket_replication_configuration aws_s3_bucket_logging", CREATED],
  [
    "aws_ssm_parameter",
    `${CREATED} allowed_pattern data_type has_value_wo name overwrite tier value_wo_version version`,
  ],
  [
    "aws_secretsmanager_secret aws_secretsmanager_secret_rotation",
    `${CREATED} name name_prefix force_overwrite_replica_secret rotation_enabled rotation_rules`,
  ],
  ["aws_secretsmanager_secret_version", `${CREATED} version_id version_stages secret_id`],
  [
    "aws_kms_key aws_kms_alias aws_kms_replica_key aws_kms_grant",
    `${CREATED} key_id multi_region name target_key_arn rotation_period_in_days`,
  ],
];

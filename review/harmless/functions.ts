/** Functions, and what invokes them: what may change without harm. */
import { CREATED, ENDED } from "../rules/rule";
import type { HarmlessRow } from "./row";

export const functions: readonly HarmlessRow[] = [
  [
    "aws_lambda_function",
    `${CREATED} ${ENDED} architectures code_sha256 filename function_name handler image_config image_uri invoke_arn last_modified
    memory_size package_type publish qualified_arn qualified_invoke_arn replace_security_groups_on_destroy runtime s3_bucket s3_key
    s3_object_version signing_job_arn signing_profile_version skip_destroy snap_start source_code_hash source_code_size timeout
    tracing_config version ephemeral_storage logging_config reserved_concurrent_executions`,
  ],
  ["aws_lambda_alias", `${CREATED} function_version name function_name invoke_arn`],
  [
    "aws_lambda_event_source_mapping",
    `${CREATED} batch_size bisect_batch_on_function_error function_arn function_response_types last_modified
    last_processing_result maximum_batching_window_in_seconds maximum_retry_attempts metrics_config parallelization_factor
    scaling_config starting_position state state_transition_reason tumbling_window_in_seconds uuid`,
  ],
  [
    "aws_lambda_provisioned_concurrency_config",
    `${CREATED} ${ENDED} provisioned_concurrent_executions qualifier function_name`,
  ],
  [
    "aws_lambda_layer_version",
    `${CREATED} ${ENDED} filename source_code_hash layer_name compatible_runtimes version layer_arn source_code_size`,
  ],
  ["aws_lambda_function_event_invoke_config", `${CREATED} maximum_retry_attempts`],
  ["aws_lambda_function_url", "invoke_mode function_url url_id"],
  ["aws_lambda_permission", "event_source_token statement_id_prefix"],
  [
    "aws_sns_topic",
    `${CREATED} display_name name beginning_archive_time owner content_based_deduplication fifo_topic signature_version tracing_config
    ${["application", "firehose", "http", "lambda", "sqs"].map((kind) => `${kind}_success_feedback_sample_rate`).join(" ")}`,
  ],
  [
    "aws_sns_topic_subscription",
    `${CREATED} confirmation_timeout_in_minutes confirmation_was_authenticated endpoint_auto_confirms
    pending_confirmation raw_message_delivery topic_arn filter_policy_scope subscription_role_arn`,
  ],
  [
    "aws_sqs_queue",
    `${CREATED} content_based_deduplication deduplication_scope delay_seconds fifo_queue fifo_throughput_limit
    kms_data_key_reuse_period_seconds max_message_size name name_prefix receive_wait_time_seconds redrive_allow_policy url`,
  ],
  [
    "aws_sqs_queue_redrive_policy aws_sqs_queue_redrive_allow_policy",
    `${CREATED} redrive_policy redrive_allow_policy queue_url`,
  ],
  [
    "aws_scheduler_schedule aws_scheduler_schedule_group",
    `${CREATED} flexible_time_window group_name name name_prefix schedule_expression
    schedule_expression_timezone start_date`,
  ],
  [
    "aws_cloudwatch_event_rule aws_cloudwatch_event_target aws_cloudwatch_event_bus",
    `${CREATED} name name_prefix schedule_expression event_bus_name
    force_destroy input input_path input_transformer rule target_id retry_policy`,
  ],
];

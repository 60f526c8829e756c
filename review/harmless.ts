/**
 * What may change without harm: looked at once, here, instead of by a rule. What stands neither here nor in a rule's
 * `looksAt` is reported as not judged.
 */
import { CREATED, ENDED } from "./rules/rule";

/** Of every type. */
export const everywhere: ReadonlySet<string> = new Set([
  ...["id", "arn", "tags", "tags_all", "description", "comment", "timeouts", "region"],
  ...[
    "owner_id",
    "unique_id",
    "create_date",
    "created_date",
    "creation_date",
    "last_updated_date",
    "last_modified_date",
  ],
]);

/** In lists, attributes of several types; `(created)` and `(ended)` where that is harmless too. */
const rows: readonly (readonly [types: string, attributes: string])[] = [
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
    "aws_cognito_user_pool",
    `${CREATED} creation_date custom_domain domain email_verification_message email_verification_subject endpoint
    estimated_number_of_users last_modified_date sms_authentication_message sms_verification_message verification_message_template`,
  ],
  [
    "aws_cognito_user_pool_client",
    `${CREATED} name auth_session_validity id_token_validity access_token_validity refresh_token_validity
    token_validity_units analytics_configuration enable_propagate_additional_user_context_data`,
  ],
  ["aws_cognito_user_group aws_cognito_user_in_group aws_cognito_user", `${CREATED} name`],
  [
    "aws_cognito_resource_server aws_cognito_identity_provider",
    `${CREATED} name identifier scope_identifiers provider_name`,
  ],
  ["aws_cognito_identity_pool", `${CREATED} identity_pool_name`],
  ["aws_cognito_identity_pool_roles_attachment", `${CREATED} ${ENDED} identity_pool_id`],
  [
    "aws_cognito_user_pool_domain",
    `${CREATED} certificate_arn managed_login_version cloudfront_distribution cloudfront_distribution_arn version`,
  ],
  [
    "aws_cognito_user_pool_ui_customization aws_cognito_managed_login_branding",
    `${CREATED} ${ENDED} css css_version image_file image_url settings asset`,
  ],
  ["aws_cognito_risk_configuration", CREATED],
  [
    "aws_api_gateway_rest_api",
    `${CREATED} api_key_source binary_media_types created_date execution_arn fail_on_warnings
    minimum_compression_size name parameters put_rest_api_mode root_resource_id endpoint_configuration`,
  ],
  [
    "aws_apigatewayv2_api",
    `${CREATED} api_endpoint api_key_selection_expression execution_arn fail_on_warnings name
    route_selection_expression version ip_address_type`,
  ],
  ["aws_api_gateway_method", "operation_name"],
  ["aws_apigatewayv2_route", "operation_name route_response_selection_expression target"],
  [
    "aws_api_gateway_method_response aws_api_gateway_integration_response aws_apigatewayv2_route_response aws_apigatewayv2_integration_response",
    `${CREATED} ${ENDED} response_models response_parameters status_code selection_pattern content_handling http_method resource_id rest_api_id`,
  ],
  [
    "aws_api_gateway_integration aws_apigatewayv2_integration",
    `${CREATED} ${ENDED} cache_key_parameters cache_namespace connection_id
    connection_type content_handling http_method integration_http_method integration_method passthrough_behavior payload_format_version
    resource_id rest_api_id api_id timeout_milliseconds integration_response_selection_expression template_selection_expression
    request_templates`,
  ],
  ["aws_api_gateway_model aws_apigatewayv2_model", `${ENDED} content_type`],
  ["aws_api_gateway_request_validator", `${CREATED} ${ENDED} name`],
  [
    "aws_api_gateway_authorizer aws_apigatewayv2_authorizer",
    `${CREATED} ${ENDED} name authorizer_payload_format_version enable_simple_responses`,
  ],
  ["aws_api_gateway_gateway_response", `${ENDED} status_code response_type`],
  [
    "aws_api_gateway_deployment aws_apigatewayv2_deployment",
    "canary_settings execution_arn invoke_url stage_description stage_name variables",
  ],
  [
    "aws_api_gateway_stage aws_apigatewayv2_stage",
    `${CREATED} cache_cluster_enabled cache_cluster_size documentation_version execution_arn
    invoke_url web_acl_arn xray_tracing_enabled default_route_settings`,
  ],
  ["aws_api_gateway_method_settings", `${CREATED} settings`],
  ["aws_api_gateway_account", `${CREATED} api_key_version features throttle_settings reset_on_delete`],
  [
    "aws_api_gateway_usage_plan aws_api_gateway_usage_plan_key aws_api_gateway_api_key",
    `${CREATED} name product_code quota_settings key_id key_type
    usage_plan_id value customer_id last_updated_date`,
  ],
  [
    "aws_api_gateway_domain_name aws_apigatewayv2_domain_name",
    `${CREATED} certificate_arn certificate_name certificate_upload_date
    cloudfront_domain_name cloudfront_zone_id regional_certificate_arn regional_certificate_name regional_domain_name regional_zone_id
    domain_name_configuration ownership_verification_certificate_arn domain_name_id api_mapping_selection_expression`,
  ],
  ["aws_api_gateway_base_path_mapping aws_apigatewayv2_api_mapping", `${CREATED} domain_name domain_name_id`],
  [
    "aws_api_gateway_documentation_part aws_api_gateway_documentation_version",
    `${CREATED} ${ENDED} properties location version`,
  ],
  ["aws_api_gateway_vpc_link aws_apigatewayv2_vpc_link", `${CREATED} ${ENDED} name`],
  ["aws_iam_role", `force_detach_policies max_session_duration name name_prefix path`],
  ["aws_iam_policy", "policy_id attachment_count"],
  ["aws_iam_group", `${CREATED} ${ENDED} name path`],
  [
    "aws_iam_instance_profile aws_iam_service_linked_role aws_iam_role_policies_exclusive",
    `${CREATED} ${ENDED} name path`,
  ],
  ["aws_cloudwatch_log_group aws_cloudwatch_log_stream", `${CREATED} name name_prefix skip_destroy log_group_class`],
  [
    "aws_cloudwatch_log_subscription_filter aws_cloudwatch_log_metric_filter aws_cloudwatch_log_destination",
    `${CREATED} distribution name role_arn`,
  ],
  [
    "aws_cloudwatch_metric_alarm aws_cloudwatch_composite_alarm",
    `${CREATED} alarm_description alarm_name ok_actions unit
    evaluate_low_sample_count_percentiles threshold_metric_id`,
  ],
  [
    "aws_cloudwatch_dashboard aws_cloudwatch_query_definition",
    `${CREATED} ${ENDED} dashboard_body dashboard_name dashboard_arn name query_string log_group_names`,
  ],
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
  [
    "aws_route53_record",
    `${CREATED} allow_overwrite fqdn health_check_id multivalue_answer_routing_policy set_identifier ttl`,
  ],
  [
    "aws_route53_zone aws_acm_certificate aws_acm_certificate_validation",
    `${CREATED} certificate_arn validation_record_fqdns`,
  ],
  ["aws_acm_certificate_validation", ENDED],
  [
    "aws_wafv2_web_acl aws_wafv2_web_acl_association aws_wafv2_web_acl_logging_configuration",
    `${CREATED} application_integration_url capacity
    lock_token name visibility_config scope custom_response_body`,
  ],
  [
    "random_password random_id random_bytes random_string random_pet random_uuid random_integer random_shuffle tls_private_key",
    `${CREATED} keepers length byte_length prefix`,
  ],
  ["random_string random_pet random_uuid random_integer random_shuffle", ENDED],
  [
    "null_resource terraform_data time_sleep time_static archive_file local_file",
    `${CREATED} ${ENDED} triggers triggers_replace input output
    create_duration destroy_duration rfc3339 content filename source`,
  ],
];

/** By type. */
export const harmless: ReadonlyMap<string, ReadonlySet<string>> = byType();

function byType(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [types, attributes] of rows) {
    for (const type of types.split(/\s+/)) {
      const known = found.get(type) ?? new Set();
      for (const attribute of attributes.split(/\s+/)) known.add(attribute);
      found.set(type, known);
    }
  }
  return found;
}

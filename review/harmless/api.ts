/** APIs, their domains and firewalls: what may change without harm. */
import { CREATED, ENDED } from "../rules/rule";
import type { HarmlessRow } from "./row";

export const api: readonly HarmlessRow[] = [
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
];

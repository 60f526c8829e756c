/** Other settings. */
import { type Change, everyFunction, PRIVATE_ROUTES, REDEPLOYED } from "./change";

export const settingChanges: readonly Change[] = [
  {
    name: "cors-origin-added",
    settings: { CORS_ORIGINS: "http://localhost:3000,https://app.example" },
    expected: [
      everyFunction,
      "update aws_api_gateway_method_response.*",
      "update aws_api_gateway_integration_response.*",
      "update aws_api_gateway_gateway_response.*",
      ...REDEPLOYED,
    ],
  },
  {
    name: "cors-origin-replaced",
    settings: { CORS_ORIGINS: "https://app.example" },
    expected: [
      everyFunction,
      "update aws_api_gateway_integration_response.*",
      "update aws_api_gateway_gateway_response.*",
      ...REDEPLOYED,
    ],
  },
  {
    name: "cors-headers",
    settings: { CORS_HEADERS: "traceparent" },
    expected: ["update aws_api_gateway_integration_response.*", ...REDEPLOYED],
  },
  {
    name: "cors-exposed-headers",
    settings: { CORS_EXPOSED_HEADERS: "ETag" },
    expected: [everyFunction, "update aws_api_gateway_gateway_response.*", ...REDEPLOYED],
  },
  {
    name: "binary-media-types",
    settings: { BINARY_MEDIA_TYPES: "image/png" },
    expected: [
      "update aws_api_gateway_rest_api.api",
      "update aws_api_gateway_integration.api_*_OPTIONS_integration",
      ...REDEPLOYED,
    ],
  },
  {
    name: "all-binary-media-types",
    settings: { BINARY_MEDIA_TYPES: "*/*" },
    expected: [
      "update aws_api_gateway_rest_api.api",
      "update aws_api_gateway_integration.api_*_OPTIONS_integration",
      ...REDEPLOYED,
    ],
  },
  {
    name: "token-header",
    settings: { TOKEN_HEADER: "token" },
    expected: [
      "update aws_api_gateway_authorizer.api_authorizer",
      "update aws_api_gateway_integration_response.*",
      ...REDEPLOYED,
    ],
  },
  {
    name: "token-use",
    settings: { TOKEN_USE: "access" },
    expected: [
      everyFunction,
      ...PRIVATE_ROUTES.map((route) => `update aws_api_gateway_method.api_${route}_method` as const),
      ...REDEPLOYED,
    ],
  },
  {
    name: "token-lifetimes",
    settings: { ID_TOKEN_MINUTES: "30", ACCESS_TOKEN_MINUTES: "15", REFRESH_TOKEN_DAYS: "7" },
    expected: ["update aws_cognito_user_pool_client.users_client"],
  },
  {
    name: "refresh-token-rotation",
    settings: { REFRESH_TOKEN_ROTATION: "true" },
    expected: ["update aws_cognito_user_pool_client.users_client", everyFunction],
  },
  {
    name: "throttling",
    settings: { THROTTLE_RATE: "40", THROTTLE_BURST: "80" },
    expected: ["update aws_api_gateway_method_settings.api_deployment_limits_all"],
  },
  {
    name: "throttling-below-the-limits-of-routes",
    settings: { THROTTLE_RATE: "2" },
    expected: ["update aws_api_gateway_method_settings.*"],
  },
  {
    name: "memory",
    settings: { LAMBDA_MEMORY_MB: "512" },
    expected: [everyFunction],
  },
  {
    name: "log-retention",
    settings: { LOG_RETENTION_DAYS: "90" },
    expected: ["update aws_cloudwatch_log_group.*"],
  },
  {
    name: "protection-off",
    settings: { PROTECT_USERS: "false" },
    expected: ["update aws_cognito_user_pool.users_pool", "update aws_dynamodb_table.resources_notes_table"],
  },
  {
    name: "account-role-given-up",
    settings: { MANAGE_API_GATEWAY_ACCOUNT: "false" },
    expected: [
      "delete aws_api_gateway_account.api_deployment_account",
      "delete aws_iam_role.api_deployment_account_role",
      "delete aws_iam_role_policy.api_deployment_account_policy",
    ],
  },
  {
    name: "api-stage-renamed",
    settings: { API_STAGE: "v2" },
    expected: [
      "replace aws_api_gateway_stage.api_deployment_stage",
      "replace aws_api_gateway_method_settings.*",
      "replace aws_cloudwatch_log_group.api_deployment_execution-logs",
    ],
  },
  {
    // Another API, another URL; the users and the functions stay.
    name: "api-type",
    settings: { API_TYPE: "http" },
    expected: [
      "delete aws_api_gateway_*",
      "create aws_apigatewayv2_*",
      "create aws_lambda_permission.api_*_route_permission",
      "delete aws_lambda_permission.*",
      "replace aws_cloudwatch_log_group.api_deployment_access-logs",
      "delete aws_cloudwatch_log_group.api_deployment_execution-logs",
      "delete aws_iam_role.api_deployment_account_role",
      "delete aws_iam_role_policy.api_deployment_account_policy",
    ],
  },
  {
    name: "alarms",
    settings: { ALARM_EMAIL: "team@example.com" },
    expected: [
      everyFunction,
      "create aws_cloudwatch_metric_alarm.operations_alarms_*",
      "create aws_cloudwatch_dashboard.operations_dashboard",
      "create aws_cloudwatch_query_definition.operations_queries_*",
      "create aws_kms_key.operations_notifications_key",
      "create aws_sns_topic.operations_notifications_alarms_topic",
      "create aws_sns_topic_policy.operations_notifications_alarms_policy",
      "create aws_sns_topic_subscription.operations_notifications_alarms_email_subscription",
    ],
  },
  {
    name: "tracing",
    settings: { TRACING: "true" },
    expected: [
      everyFunction,
      "update aws_iam_role_policy.functions_*",
      "update aws_api_gateway_stage.api_deployment_stage",
    ],
  },
  {
    name: "releases",
    settings: { RELEASES: "true" },
    expected: [
      everyFunction,
      "create aws_lambda_alias.functions_*",
      "replace aws_lambda_permission.*",
      "update aws_api_gateway_integration.api_*_DELETE_integration",
      "update aws_api_gateway_integration.api_*_GET_integration",
      "update aws_api_gateway_integration.api_*_POST_integration",
      "update aws_api_gateway_integration.api_*_PUT_integration",
      ...REDEPLOYED,
    ],
  },
  {
    name: "key",
    settings: { KMS_KEY_ARN: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
    expected: [
      everyFunction,
      "update aws_iam_role_policy.functions_*-note_policy",
      "update aws_iam_role_policy.functions_list-notes_policy",
      "update aws_cloudwatch_log_group.*",
      "update aws_dynamodb_table.resources_notes_table",
    ],
  },
  {
    name: "firewall",
    settings: { WAF: "true" },
    expected: [
      "create aws_wafv2_web_acl.firewalls_*",
      "create aws_wafv2_web_acl_association.firewalls_*",
      "create aws_wafv2_web_acl_logging_configuration.firewalls_*",
      "create aws_cloudwatch_log_group.firewalls_*",
    ],
  },
  {
    name: "domain",
    settings: {
      DOMAIN_NAME: "api.example.com",
      CERTIFICATE_ARN: "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
    expected: [
      "update aws_api_gateway_rest_api.api",
      "create aws_api_gateway_domain_name.domain",
      "create aws_api_gateway_base_path_mapping.domain_mapping",
      ...REDEPLOYED,
    ],
  },
  {
    name: "ports-of-the-local-api",
    settings: { PORT: "4001", COGNITO_PORT: "4002" },
    expected: [],
  },
];

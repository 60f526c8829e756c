/** The arguments of served types, argument by argument: an argument that is not listed here stops the start. */

/** `true`: served or harmless; a function decides by the argument's value. */
type Rule = true | ((value: unknown) => boolean);
type Rules = Readonly<Record<string, Rule>>;

const all = (names: string): Rules => Object.fromEntries(names.split(" ").map((name) => [name, true]));
const block = (value: unknown) => ([value].flat()[0] ?? {}) as Readonly<Record<string, unknown>>;
const blocks = (value: unknown) => [value].flat() as Readonly<Record<string, unknown>>[];
const isOneOf =
  (...allowed: unknown[]): Rule =>
  (value) =>
    [value].flat().every((one) => allowed.includes(one));
/** A block that may have these arguments only. */
const only =
  (names: string, rules: Rules = {}): Rule =>
  (value) =>
    blocks(value).every((one) =>
      Object.entries(one).every(([name, inner]) => {
        const rule = rules[name] ?? names.split(" ").includes(name);
        return inner === null || (typeof rule === "function" ? rule(inner) : rule);
      }),
    );

/** Of Terraform itself, or without effect on a response. */
const ANY = all(
  "// count for_each dynamic depends_on lifecycle provider provisioner connection timeouts tags tags_all region description id",
);

const TRIGGERS =
  "pre_sign_up post_confirmation pre_authentication post_authentication pre_token_generation pre_token_generation_config custom_message user_migration define_auth_challenge create_auth_challenge verify_auth_challenge_response";

export const ARGUMENTS: Readonly<Record<string, Rules>> = {
  aws_cognito_user_pool: {
    ...ANY,
    ...all(
      "name auto_verified_attributes username_configuration admin_create_user_config password_policy schema deletion_protection mfa_configuration software_token_mfa_configuration email_mfa_configuration",
    ),
    // The text of mails, their sender, settings of features that are off, and threat protection: no sign-in is risky here.
    ...all(
      "email_configuration email_verification_message email_verification_subject sms_authentication_message sms_configuration sms_verification_message user_pool_tier user_pool_add_ons",
    ),
    alias_attributes: isOneOf("email"),
    username_attributes: isOneOf("email"),
    auto_verified_attributes: isOneOf("email"),
    lambda_config: only(TRIGGERS),
    account_recovery_setting: (value) =>
      blocks(block(value).recovery_mechanism).some(({ name }) => name === "verified_email"),
    verification_message_template: (value) => block(value).default_email_option !== "CONFIRM_WITH_LINK",
    sign_in_policy: only("", { allowed_first_auth_factors: isOneOf("PASSWORD") }),
  },
  aws_cognito_user_pool_client: {
    ...ANY,
    ...all(
      "name user_pool_id generate_secret client_secret explicit_auth_flows id_token_validity access_token_validity refresh_token_validity token_validity_units prevent_user_existence_errors enable_token_revocation auth_session_validity refresh_token_rotation",
    ),
    // Hosted pages are on another host; the sign-in by API does not depend on them.
    ...all(
      "allowed_oauth_flows allowed_oauth_flows_user_pool_client allowed_oauth_scopes callback_urls default_redirect_uri logout_urls supported_identity_providers analytics_configuration enable_propagate_additional_user_context_data",
    ),
  },
  aws_api_gateway_rest_api: {
    ...ANY,
    // The closed endpoint is a host of AWS; here the API has one address only.
    ...all("name binary_media_types put_rest_api_mode fail_on_warnings disable_execute_api_endpoint"),
    endpoint_configuration: (value) => ![block(value).types].flat().includes("PRIVATE"),
    api_key_source: isOneOf("HEADER"),
  },
  aws_api_gateway_authorizer: {
    ...ANY,
    ...all(
      "name rest_api_id type provider_arns identity_source identity_validation_expression authorizer_result_ttl_in_seconds",
    ),
  },
  aws_api_gateway_method: {
    ...ANY,
    ...all(
      "authorization authorization_scopes authorizer_id http_method operation_name request_models request_parameters request_validator_id resource_id rest_api_id",
    ),
  },
  aws_api_gateway_method_settings: {
    ...ANY,
    ...all("method_path rest_api_id stage_name"),
    settings: (value) => blocks(value).every(({ caching_enabled }) => !caching_enabled),
  },
  aws_api_gateway_integration: {
    ...ANY,
    ...all(
      "cache_namespace credentials http_method integration_http_method passthrough_behavior request_parameters request_templates resource_id rest_api_id timeout_milliseconds type uri",
    ),
    connection_type: isOneOf("INTERNET"),
    content_handling: isOneOf("CONVERT_TO_TEXT"),
    response_transfer_mode: isOneOf("BUFFERED"),
  },
  aws_api_gateway_integration_response: {
    ...ANY,
    ...all("http_method resource_id response_parameters response_templates rest_api_id selection_pattern status_code"),
  },
  aws_api_gateway_stage: {
    ...ANY,
    ...all(
      "access_log_settings cache_cluster_enabled cache_cluster_size client_certificate_id deployment_id documentation_version rest_api_id stage_name variables xray_tracing_enabled",
    ),
  },
  aws_apigatewayv2_api: {
    ...ANY,
    ...all(
      "name protocol_type target route_key disable_execute_api_endpoint credentials_arn api_key_selection_expression fail_on_warnings ip_address_type route_selection_expression version",
    ),
    cors_configuration: (value) => {
      const { allow_credentials, allow_origins } = block(value);
      return !(allow_credentials === true && [allow_origins].flat().includes("*"));
    },
  },
  aws_apigatewayv2_authorizer: {
    ...ANY,
    ...all("api_id authorizer_type identity_sources jwt_configuration name"),
  },
  aws_apigatewayv2_integration: {
    ...ANY,
    ...all(
      "api_id integration_type integration_uri integration_method passthrough_behavior payload_format_version timeout_milliseconds",
    ),
    connection_type: isOneOf("INTERNET"),
  },
  aws_apigatewayv2_route: {
    ...ANY,
    ...all("api_id route_key target authorization_type authorizer_id authorization_scopes operation_name"),
  },
  aws_apigatewayv2_stage: {
    ...ANY,
    ...all(
      "api_id name access_log_settings auto_deploy client_certificate_id default_route_settings deployment_id route_settings stage_variables",
    ),
  },
  aws_lambda_function: {
    ...ANY,
    ...all(
      "function_name handler runtime role filename s3_bucket s3_key s3_object_version source_code_hash timeout memory_size environment logging_config architectures code_signing_config_arn dead_letter_config ephemeral_storage kms_key_arn publish replace_security_groups_on_destroy skip_destroy source_kms_key_arn tracing_config",
    ),
    package_type: isOneOf("Zip"),
    // Zero throttles every request.
    reserved_concurrent_executions: (value) => value !== 0,
  },
};

/** Users, roles and policies: what may change without harm. */
import { CREATED, ENDED } from "../rules/rule";
import type { HarmlessRow } from "./row";

export const users: readonly HarmlessRow[] = [
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
  ["aws_iam_role", `force_detach_policies max_session_duration name name_prefix path`],
  ["aws_iam_policy", "policy_id attachment_count"],
  ["aws_iam_group", `${CREATED} ${ENDED} name path`],
  [
    "aws_iam_instance_profile aws_iam_service_linked_role aws_iam_role_policies_exclusive",
    `${CREATED} ${ENDED} name path`,
  ],
];

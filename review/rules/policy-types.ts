/** Resources with a policy of their own: which principals may use them. By type, the attribute that holds it. */

type Attributes = Readonly<Record<string, string>>;

/** `kms_key` for `policy`, `glacier_vault.access_policy` for another attribute; all of AWS. */
const byType = (names: string): Attributes =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => {
        const [type, attribute = "policy"] = name.split(".");
        return [`aws_${type}`, attribute];
      }),
  );

/** The policy is a part of the resource. */
export const withPolicy: Attributes = byType(`
  api_gateway_domain_name efs_file_system elasticsearch_domain.access_policies glacier_vault.access_policy kms_external_key
  kms_key kms_replica_external_key kms_replica_key opensearch_domain.access_policies s3_access_point s3_bucket
  secretsmanager_secret sns_topic sqs_queue vpc_endpoint`);

/** The policy is a resource by itself: without one, only the account's own identities have access. */
export const policies: Attributes = byType(`
  acmpca_policy backup_vault_policy cloudsearch_domain_service_access_policy.access_policy cloudwatch_event_bus_policy
  cloudwatch_log_delivery_destination_policy.delivery_destination_policy cloudwatch_log_destination_policy.access_policy
  cloudwatch_log_resource_policy.policy_document codeartifact_domain_permissions_policy.policy_document
  codeartifact_repository_permissions_policy.policy_document codebuild_resource_policy dynamodb_resource_policy
  ecr_registry_policy ecr_repository_policy ecrpublic_repository_policy efs_file_system_policy
  elasticsearch_domain_policy.access_policies glue_resource_policy kinesis_resource_policy kms_key_policy
  media_store_container_policy msk_cluster_policy networkfirewall_resource_policy oam_sink_policy
  opensearch_domain_policy.access_policies redshift_resource_policy redshiftserverless_resource_policy
  s3_bucket_policy s3control_access_grants_instance_resource_policy s3control_access_point_policy
  s3control_bucket_policy s3control_object_lambda_access_point_policy s3tables_table_bucket_policy.resource_policy
  s3tables_table_policy.resource_policy sagemaker_model_package_group_policy.resource_policy schemas_registry_policy
  secretsmanager_secret_policy ses_identity_policy sesv2_email_identity_policy sns_topic_policy sqs_queue_policy
  vpc_endpoint_policy vpclattice_auth_policy vpclattice_resource_policy xray_resource_policy.policy_document`);

/** Policies that say what their holders may do, beside those of IAM: one that is new opens nothing but what is wild. */
export const holdersPolicies: Attributes = byType(`
  iot_policy ssoadmin_permission_set_inline_policy.inline_policy`);

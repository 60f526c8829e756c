/** Types of resources that hold data: destroyed, the data is gone. */

/** Of AWS, each looked up; users' pools and log groups have rules of their own. */
export const stores: readonly string[] = `
  acmpca_certificate_authority ami ami_copy ami_from_instance backup_logically_air_gapped_vault backup_vault cloudfront_key_value_store
  cloudhsm_v2_cluster cloudsearch_domain cloudtrail_event_data_store cloudwatch_event_archive codeartifact_domain
  codeartifact_repository codecatalyst_source_repository codecommit_repository connect_instance customerprofiles_domain
  db_cluster_snapshot db_instance db_snapshot db_snapshot_copy directory_service_directory docdb_cluster
  docdb_cluster_snapshot docdb_global_cluster docdbelastic_cluster dsql_cluster dynamodb_global_table dynamodb_table
  dynamodb_table_item dynamodb_table_replica ebs_snapshot ebs_snapshot_copy ebs_snapshot_import ebs_volume ecr_repository
  ecrpublic_repository efs_file_system elasticache_cluster elasticache_global_replication_group
  elasticache_replication_group elasticache_serverless_cache elasticsearch_domain finspace_kx_database finspace_kx_volume
  fsx_backup fsx_lustre_file_system fsx_ontap_file_system fsx_ontap_volume fsx_openzfs_file_system fsx_openzfs_snapshot
  fsx_openzfs_volume fsx_windows_file_system glacier_vault glue_catalog_database glue_catalog_table glue_registry
  grafana_workspace kendra_index keyspaces_keyspace keyspaces_table kinesis_stream kinesis_video_stream
  kms_custom_key_store kms_external_key kms_key kms_replica_external_key kms_replica_key lightsail_bucket
  lightsail_database lightsail_disk lightsail_instance location_geofence_collection location_tracker
  media_store_container memorydb_cluster memorydb_multi_region_cluster memorydb_snapshot mq_broker msk_cluster
  msk_serverless_cluster neptune_cluster neptune_cluster_snapshot neptune_global_cluster neptunegraph_graph
  opensearch_domain opensearchserverless_collection paymentcryptography_key prometheus_workspace qldb_ledger
  rds_cluster rds_cluster_snapshot_copy rds_global_cluster redshift_cluster redshift_cluster_snapshot
  redshiftserverless_namespace redshiftserverless_snapshot rekognition_collection s3_bucket s3_directory_bucket
  s3control_bucket s3tables_namespace s3tables_table s3tables_table_bucket sagemaker_domain sagemaker_feature_group
  sagemaker_notebook_instance schemas_registry secretsmanager_secret simpledb_domain sqs_queue ssm_parameter
  storagegateway_cached_iscsi_volume storagegateway_stored_iscsi_volume timestreaminfluxdb_db_cluster
  timestreaminfluxdb_db_instance timestreamwrite_database timestreamwrite_table verifiedpermissions_policy_store
  workspaces_workspace`
  .trim()
  .split(/\s+/)
  .map((name) => `aws_${name}`);

const known = new Set(stores);

/** Of other providers, by the end of the type's name: no list of theirs is kept here. */
const LIKELY = new RegExp(
  `_(${[
    ...[
      "bucket",
      "storage_account",
      "storage_container",
      "storage_share",
      "storage_table",
      "(servicebus|storage)_queue",
    ],
    ...["(sql_|spanner_|cosmosdb_)?database(_instance|_cluster)?", "sql_database_instance", "cosmosdb_account"],
    ...["(flexible|sql|mysql|postgresql)_server", "bigquery_(dataset|table)", "bigtable_instance", "advanced_cluster"],
    ...["redis(_instance|_cache)?", "keyspace", "volume", "(compute_)?disk", "filestore_instance"],
    ...["persistent_volume(_claim)?", "key_vault(_key|_secret|_certificate)?", "recovery_services_vault"],
    ...["kms_crypto_key", "secret_manager_secret"],
  ].join("|")})$`,
);

export const isStore = (type: string): boolean => known.has(type) || (!type.startsWith("aws_") && LIKELY.test(type));

/** Types of resources that hold data: destroyed, the data is gone. */

/** Of AWS, each looked up; users' pools and log groups have rules of their own. */
export const stores: readonly string[] = `
  backup_vault cloudwatch_event_archive codecommit_repository
  db_cluster_snapshot db_instance db_snapshot docdb_cluster docdb_cluster_snapshot dynamodb_global_table dynamodb_table
  dynamodb_table_item dynamodb_table_replica ebs_snapshot ebs_volume ecr_repository ecrpublic_repository efs_file_system
  elasticache_cluster elasticache_replication_group elasticache_serverless_cache elasticache_snapshot elasticsearch_domain
  fsx_lustre_file_system fsx_ontap_file_system fsx_openzfs_file_system fsx_windows_file_system glacier_vault
  glue_catalog_database glue_catalog_table healthlake_fhir_datastore keyspaces_table kinesis_stream
  kinesis_video_stream kms_external_key kms_key kms_replica_key lightsail_database lightsail_disk memorydb_cluster
  memorydb_snapshot mq_broker msk_cluster msk_serverless_cluster neptune_cluster neptune_cluster_snapshot
  neptunegraph_graph opensearch_domain opensearchserverless_collection qldb_ledger rds_cluster rds_global_cluster
  redshift_cluster redshiftserverless_namespace s3_bucket s3_directory_bucket s3tables_table
  s3tables_table_bucket secretsmanager_secret simpledb_domain sqs_queue ssm_parameter
  timestreaminfluxdb_db_instance timestreamwrite_database timestreamwrite_table workspaces_workspace`
  .trim()
  .split(/\s+/)
  .map((name) => `aws_${name}`);

const known = new Set(stores);

/** Of other providers, by the name: no list of theirs is kept here. */
const LIKELY =
  /_(bucket|(sql_|spanner_|cosmosdb_)?database(_instance|_cluster)?|sql_database_instance|(flexible|sql|mysql|postgresql)_server|bigquery_(dataset|table)|bigtable_instance|storage_account|storage_container|storage_share|redis(_instance|_cache)?|volume|disk|compute_disk|filestore_instance|persistent_volume(_claim)?|keyspace|key_vault|kms_crypto_key|secret_manager_secret)$/;

export const isStore = (type: string): boolean => known.has(type) || (!type.startsWith("aws_") && LIKELY.test(type));

/** Logs, alarms, and resources without anything in the cloud: what may change without harm. */
import { CREATED, ENDED } from "../rules/rule";
import type { HarmlessRow } from "./row";

export const operations: readonly HarmlessRow[] = [
  ["aws_cloudwatch_log_group aws_cloudwatch_log_stream", `${CREATED} name name_prefix skip_destroy log_group_class`],
  ["aws_cloudwatch_log_subscription_filter", "distribution name role_arn"],
  ["aws_cloudwatch_log_metric_filter aws_cloudwatch_log_destination", `${CREATED} distribution name role_arn`],
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

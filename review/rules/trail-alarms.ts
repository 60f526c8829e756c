/** Alarms, CloudTrail and detectors, and who is notified. */
import { isOther, isSwapped, leaves, loses, turnsOff } from "../plan/compare";
import type { Change } from "../plan/plan";
import { own } from "../plan/value";
import { type Finding, looks, place, type Rule, stays } from "./rule";
import { anyOf, onChange, onDestroy } from "./searches";

const ALARM = "aws_cloudwatch_metric_alarm";
const ALARMS = [ALARM, "aws_cloudwatch_composite_alarm"];
const TRAIL = "aws_cloudtrail";
const FILTER = "aws_cloudwatch_log_metric_filter";

export const trailAlarms: readonly Rule[] = [
  {
    kind: "trail-lost",
    reason: "An alarm, a detector, or its data source is destroyed: incidents go unnoticed.",
    advice: "Keep it, or confirm what replaces it.",
    ...onDestroy(
      ...ALARMS,
      FILTER,
      TRAIL,
      "aws_sns_topic_subscription",
      "aws_cloudtrail_event_data_store",
      "aws_config_configuration_recorder",
      "aws_config_configuration_recorder_status",
      "aws_config_config_rule",
      "aws_guardduty_detector",
      "aws_macie2_account",
      "aws_inspector2_enabler",
      "aws_securityhub_account",
      "aws_accessanalyzer_analyzer",
      "aws_flow_log",
      "aws_s3_bucket_logging",
      "aws_wafv2_web_acl_logging_configuration",
      "aws_cognito_log_delivery_configuration",
      "aws_route53_query_log",
      "aws_xray_sampling_rule",
    ),
  },
  {
    kind: "trail-lost",
    reason: "The alarm or trail is turned off, or loses a recipient.",
    advice: "Keep actions_enabled and alarm_actions.",
    ...anyOf(
      onChange(ALARMS, "actions_enabled", turnsOff),
      onChange(ALARMS, ["alarm_actions", "insufficient_data_actions"], loses),
      onChange(TRAIL, "enable_logging", turnsOff),
      onChange("aws_guardduty_detector", "enable", turnsOff),
      onChange("aws_guardduty_detector_feature", "status", leaves("ENABLED")),
      onChange("aws_macie2_account", "status", leaves("ENABLED")),
      onChange("aws_config_configuration_recorder_status", "is_enabled", turnsOff),
    ),
  },
  {
    kind: "trail-lost",
    severity: "low",
    reason: "The alarm fires later, less often, or for something else.",
    advice: "Confirm that it still fires for the incident it is meant for.",
    ...anyOf(
      onChange(
        ALARM,
        [
          "metric_name",
          "namespace",
          "dimensions",
          "comparison_operator",
          "metric_query",
          "extended_statistic",
          "statistic",
        ],
        isOther,
      ),
      onChange(
        ALARM,
        ["evaluation_periods", "datapoints_to_alarm", "period"],
        (before, after) => Number(after) > Number(before),
      ),
      onChange(ALARM, "treat_missing_data", (before, after) => before === "breaching" && after !== "breaching"),
      onChange("aws_cloudwatch_composite_alarm", "alarm_rule", isOther),
      onChange(FILTER, ["pattern", "log_group_name", "metric_transformation"], isOther),
    ),
  },
  {
    kind: "trail-lost",
    reason: "The alarm's threshold is harder to reach: it fires later, or never.",
    advice: "Confirm with the metric's usual values that incidents still cross it.",
    looksAt: looks([ALARM], "threshold"),
    find: (plan) => plan.ofType(ALARM).flatMap(threshold),
  },
  {
    kind: "trail-lost",
    reason: "CloudTrail records less, to another destination, or without log file validation.",
    advice: "Keep all regions, global services, management events and log file validation.",
    ...anyOf(
      onChange(
        TRAIL,
        [
          "enable_log_file_validation",
          "is_multi_region_trail",
          "include_global_service_events",
          "is_organization_trail",
        ],
        turnsOff,
      ),
      onChange(TRAIL, ["s3_bucket_name", "s3_key_prefix", "sns_topic_name", "cloud_watch_logs_group_arn"], isOther),
      onChange(TRAIL, ["event_selector", "advanced_event_selector", "insight_selector"], isOther),
      onChange(TRAIL, "kms_key_id", isOther),
    ),
  },
  {
    kind: "trail-lost",
    reason: "Logs of the network, bucket or firewall go elsewhere.",
    advice: "Confirm that the same people read them.",
    ...anyOf(
      onChange("aws_flow_log", ["log_destination", "traffic_type"], isSwapped),
      onChange("aws_s3_bucket_logging", ["target_bucket", "target_prefix"], isSwapped),
      onChange(
        "aws_wafv2_web_acl_logging_configuration",
        ["log_destination_configs", "redacted_fields", "logging_filter"],
        isOther,
      ),
    ),
  },
];

function threshold(change: Change): Finding[] {
  if (!stays(change) || change.verb === "keep") return [];
  const [before, after] = [Number(own(change.before, "threshold")), Number(own(change.after, "threshold"))];
  const operator = String(own(change.after, "comparison_operator"));
  const further = (operator.startsWith("Greater") && after > before) || (operator.startsWith("Less") && after < before);
  return further ? [place(change, "threshold")] : [];
}

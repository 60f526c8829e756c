import { trailAlarms } from "../../../review/rules/trail-alarms";
import { oneWay, pairs, whenDestroyed } from "../support/pairs";
import { created, updated } from "../support/plan";

const ALARM = "aws_cloudwatch_metric_alarm";

pairs(trailAlarms, [
  oneWay("trail-lost", "aws_guardduty_detector_feature", { status: "ENABLED" }, { status: "DISABLED" }),
  oneWay("trail-lost", "aws_macie2_account", { status: "ENABLED" }, { status: "PAUSED" }),
  oneWay("trail-lost", "aws_config_configuration_recorder_status", { is_enabled: true }, { is_enabled: false }),
  ...[ALARM, "aws_cloudtrail", "aws_guardduty_detector", "aws_sns_topic_subscription"].map((type) =>
    whenDestroyed("trail-lost", type),
  ),
  oneWay("trail-lost", ALARM, { actions_enabled: true }, { actions_enabled: false }),
  oneWay("trail-lost", ALARM, { alarm_actions: ["arn:a"] }, { alarm_actions: [] }),
  oneWay("trail-lost", ALARM, { evaluation_periods: 1 }, { evaluation_periods: 10 }),
  oneWay(
    "trail-lost",
    ALARM,
    { comparison_operator: "GreaterThanThreshold", threshold: 5 },
    { comparison_operator: "GreaterThanThreshold", threshold: 500 },
  ),
  [
    "trail-lost",
    "an alarm for something else",
    [updated(`${ALARM}.a`, { metric_name: "5XXError" }, { metric_name: "Count" })],
    "another description",
    [updated(`${ALARM}.a`, { metric_name: "5XXError" }, { metric_name: "5XXError", alarm_description: "x" })],
  ],
  oneWay("trail-lost", "aws_cloudtrail", { is_multi_region_trail: true }, { is_multi_region_trail: false }),
  [
    "trail-lost",
    "network logs that go elsewhere",
    [updated("aws_flow_log.f", { log_destination: "arn:a" }, { log_destination: "arn:b" })],
    "new ones",
    [created("aws_flow_log.f", { log_destination: "arn:a" })],
  ],
]);

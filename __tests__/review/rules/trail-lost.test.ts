import { trailLost } from "../../../review/rules/trail-lost";
import { SETTINGS, STAGE, settings, stageValues } from "../support/api";
import { oneWay, pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, kept, updated } from "../support/plan";

const GROUP = "aws_cloudwatch_log_group.g";
const ALARM = "aws_cloudwatch_metric_alarm.a";
const days = (before: number, after: number) => [
  updated(GROUP, { name: "g", retention_in_days: before }, { name: "g", retention_in_days: after }),
];
const logs = (action: string) => ({
  role: "r",
  policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "arn:x" }] }),
});

const logged = (destination_arn: string, format: string) => ({
  ...stageValues,
  access_log_settings: [{ destination_arn, format }],
});
const level = (application_log_level: string) => ({ logging_config: [{ application_log_level }] });

pairs(trailLost, [
  [
    "trail-lost",
    "access logs that go elsewhere",
    [updated(STAGE, stageValues, logged("arn:aws:firehose:y", "$context.requestId"))],
    "access logs that tell more",
    [updated(STAGE, stageValues, logged("arn:aws:logs:x", "$context.requestId $context.status"))],
  ],
  [
    "trail-lost",
    "access logs that tell less",
    [updated(STAGE, logged("arn:aws:logs:x", "$context.requestId $context.status"), stageValues)],
    "their fields in another order",
    [
      updated(
        STAGE,
        logged("arn:aws:logs:x", "$context.requestId $context.status"),
        logged("arn:aws:logs:x", "$context.status $context.requestId"),
      ),
    ],
  ],
  oneWay("trail-lost", "aws_lambda_function", level("INFO"), level("ERROR")),
  whenDestroyed("trail-lost", "aws_cloudwatch_log_subscription_filter"),

  [
    "trail-lost",
    "access logs off",
    [updated(STAGE, stageValues, { ...stageValues, access_log_settings: [] })],
    "access logs in another format",
    [
      updated(STAGE, stageValues, {
        ...stageValues,
        access_log_settings: [{ destination_arn: "arn:aws:logs:x", format: "$context.requestId $context.status" }],
      }),
    ],
  ],
  ["trail-lost", "a shorter retention", days(30, 7), "a longer one", days(7, 30)],
  [
    "trail-lost",
    "no retention",
    days(30, 0),
    "a retention where there was none, of three months",
    [created(GROUP, { name: "g", retention_in_days: 90 })],
  ],
  [
    "trail-lost",
    "a log group destroyed",
    [destroyed(GROUP, { name: "g" })],
    "a log group's tags",
    [updated(GROUP, { name: "g" }, { name: "g", tags: {} })],
  ],
  [
    "trail-lost",
    "execution logs off",
    [updated(SETTINGS, settings({}), settings({ logging_level: "OFF" }))],
    "more of them",
    [updated(SETTINGS, settings({}), settings({ logging_level: "INFO" }))],
  ],
  [
    "trail-lost",
    "the settings of all methods gone",
    [destroyed(SETTINGS, settings({}))],
    "those of one method",
    [destroyed(SETTINGS, { ...settings({}), method_path: "~1a/GET" })],
  ],
  [
    "trail-lost",
    "the account's role gone",
    [destroyed("aws_api_gateway_account.a", { cloudwatch_role_arn: "x" })],
    "another role",
    [updated("aws_api_gateway_account.a", { cloudwatch_role_arn: "x" }, { cloudwatch_role_arn: "y" })],
  ],
  [
    "trail-lost",
    "a role that may not write logs",
    [updated("aws_iam_role_policy.p", logs("logs:PutLogEvents"), logs("s3:GetObject"))],
    "one that still may",
    [updated("aws_iam_role_policy.p", logs("logs:PutLogEvents"), logs("logs:*"))],
  ],
  [
    "trail-lost",
    "an alarm gone",
    [destroyed(ALARM, { alarm_name: "a" })],
    "an alarm's threshold",
    [updated(ALARM, { threshold: 1 }, { threshold: 2 })],
  ],
  [
    "trail-lost",
    "an alarm that tells nobody",
    [updated(ALARM, { alarm_actions: ["arn:a"] }, { alarm_actions: [] })],
    "one that tells more",
    [updated(ALARM, { alarm_actions: ["arn:a"] }, { alarm_actions: ["arn:a", "arn:b"] })],
  ],
  [
    "trail-lost",
    "a stage whose logs go",
    [updated(STAGE, stageValues, { ...stageValues, access_log_settings: null })],
    "a stage that never kept any",
    [kept(STAGE, { ...stageValues, access_log_settings: [] })],
  ],
]);

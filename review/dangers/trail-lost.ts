/** What would have describeGrant afterwards what happened, and does not. */

import { type Grant, grantsOf, matches } from "../api/policy";
import { isRemoved, loses, turnsOff } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { isUnknown } from "../plan/resolve";
import { isEmpty, own, pick } from "../plan/value";
import { badValue, type Danger, ended, type Finding, place, stays, weakened } from "./danger";

const LOG_GROUP = "aws_cloudwatch_log_group";
const STAGES = ["aws_api_gateway_stage", "aws_apigatewayv2_stage"];
const ALARMS = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"];

export const trailLost: readonly Danger[] = [
  {
    kind: "trail-lost",
    reason: "The stage no longer writes an access log: requests cannot be traced to callers.",
    advice: "Keep access_log_settings.",
    find: (plan) => accessLogs(plan),
  },
  {
    kind: "trail-lost",
    reason: "Logs are deleted sooner, existing ones included.",
    advice: "Keep the retention, or export the logs first.",
    find: weakened({
      types: [LOG_GROUP],
      attribute: "retention_in_days",
      worse: (before, after) => Number(after || Number.POSITIVE_INFINITY) < Number(before || Number.POSITIVE_INFINITY),
    }),
  },
  {
    kind: "trail-lost",
    reason: "The retention is removed: logs are kept, and billed, without an end.",
    advice: "Set retention_in_days to what your policy requires.",
    find: weakened({
      types: [LOG_GROUP],
      attribute: "retention_in_days",
      worse: (before, after) => Number(before || 0) > 0 && Number(after || 0) === 0,
    }),
  },
  {
    kind: "trail-lost",
    reason: "The log group is destroyed with all its logs.",
    advice: "Export the logs first, or keep the group with a `removed` block (destroy = false).",
    find: ended(LOG_GROUP),
  },
  {
    kind: "trail-lost",
    reason: "API Gateway stops writing execution logs: its own errors leave no trace.",
    advice: 'Keep logging_level = "ERROR".',
    find: (plan) => [
      ...weakened({
        types: ["aws_api_gateway_method_settings"],
        attribute: "settings.logging_level",
        worse: isSilenced,
      })(plan),
      ...weakened({ types: STAGES, attribute: "default_route_settings.logging_level", worse: isSilenced })(plan),
    ],
  },
  {
    kind: "trail-lost",
    reason: "The limits and logs of all methods fall back to API Gateway's defaults: no logs, account limits only.",
    advice: "Keep the settings for `*/*`.",
    find: (plan) =>
      plan
        .ofType("aws_api_gateway_method_settings")
        .filter((change) => change.verb === "destroy" && own(change.before, "method_path") === "*/*")
        .filter(() => !plan.ofType("aws_api_gateway_rest_api").some((api) => api.verb === "destroy"))
        .map((change) => place(change, "settings", { before: "logged and limited", after: "not set" })),
  },
  {
    kind: "trail-lost",
    reason: "API Gateway loses its role for writing logs, for every API of the account in this region.",
    advice: "Keep the account's CloudWatch role (MANAGE_API_GATEWAY_ACCOUNT), or confirm that another stack sets it.",
    find: (plan) => [
      ...ended("aws_api_gateway_account")(plan).filter((finding) => plan.at(finding.address)?.verb === "destroy"),
      ...weakened({
        types: ["aws_api_gateway_account"],
        attribute: "cloudwatch_role_arn",
        worse: isRemoved,
      })(plan),
    ],
  },
  {
    kind: "trail-lost",
    reason: "The role may no longer write logs: its function leaves no trace.",
    advice: "Keep logs:CreateLogStream and logs:PutLogEvents on the function's own log group.",
    find: (plan) => plan.ofType("aws_iam_role_policy").flatMap((change) => lostLogAccess(plan, change)),
  },
  {
    kind: "trail-lost",
    reason: "An alarm, or its data source, is destroyed: incidents go unnoticed.",
    advice: "Keep it, or confirm what replaces it.",
    find: (plan) =>
      ended(
        ...ALARMS,
        "aws_cloudwatch_log_metric_filter",
        "aws_cloudtrail",
        "aws_sns_topic_subscription",
      )(plan).filter(({ address }) => plan.at(address)?.verb === "destroy"),
  },
  {
    kind: "trail-lost",
    reason: "The alarm or trail is turned off, or loses a recipient.",
    advice: "Keep actions_enabled and alarm_actions.",
    find: (plan) => [
      ...weakened({ types: ALARMS, attribute: "actions_enabled", worse: turnsOff })(plan),
      ...weakened({ types: ALARMS, attribute: "alarm_actions", worse: loses })(plan),
      ...weakened({ types: ["aws_cloudtrail"], attribute: "enable_logging", worse: turnsOff })(plan),
    ],
  },
  {
    kind: "trail-lost",
    reason: "The stage has no access log.",
    advice: "Set access_log_settings.",
    find: (plan) =>
      badValue({ types: STAGES, attribute: "access_log_settings", bad: isEmpty, onCreate: false })(plan).filter(
        (finding) => finding.standing,
      ),
  },
];

function isSilenced(before: unknown, after: unknown): boolean {
  return (before === "ERROR" || before === "INFO") && after !== "ERROR" && after !== "INFO";
}

function accessLogs(plan: Plan): Finding[] {
  return plan.ofType(...STAGES).flatMap((change) => {
    if (!stays(change) || change.verb === "keep" || isUnknown(change, "access_log_settings")) return [];
    const [before, after] = [pick(change.before, "access_log_settings"), pick(change.after, "access_log_settings")];
    return !isEmpty(before) && isEmpty(after)
      ? [place(change, "access_log_settings", { before: "on", after: "off" })]
      : [];
  });
}

function lostLogAccess(plan: Plan, change: Change): Finding[] {
  if (!stays(change) || change.verb === "keep") return [];
  const [before, after] = [grantsOf(plan, own(change.before, "policy")), grantsOf(plan, own(change.after, "policy"))];
  if (isUnknown(change, "policy") || !before?.some(writesLogs) || !after || after.some(writesLogs)) return [];
  return [place(change, "policy", { before: "logs:PutLogEvents", after: "not granted" })];
}

const writesLogs = ({ allow, action }: Grant) => allow && matches(action, "logs:PutLogEvents");

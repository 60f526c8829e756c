/** What tells afterwards what happened: access logs, execution logs, log groups and the rights to write them. */

import { type Grant, grantsOf, matches } from "../api/policy";
import { isOther, isRemoved, isSwapped, leaves, loses } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { isUnknown, plannedValue } from "../plan/resolve";
import { isEmpty, own, pick } from "../plan/value";
import { grantsOfHolder, holderOf, keepsPolicy } from "./role-grants";
import { ENDED, type Finding, looks, place, type Rule, stays } from "./rule";
import { anyOf, onChange, onDestroy, onEnd, onValue } from "./searches";

const LOG_GROUP = "aws_cloudwatch_log_group";
const STAGES = ["aws_api_gateway_stage", "aws_apigatewayv2_stage"];
const SETTINGS = "aws_api_gateway_method_settings";
const ACCOUNT = "aws_api_gateway_account";
const FUNCTION = "aws_lambda_function";

export const trailLost: readonly Rule[] = [
  {
    kind: "trail-lost",
    reason: "The stage no longer writes an access log: requests cannot be traced to callers.",
    advice: "Keep access_log_settings.",
    looksAt: looks(STAGES, "access_log_settings"),
    find: (plan) => accessLogs(plan),
  },
  {
    kind: "trail-lost",
    reason: "The access log goes to another destination: today's readers no longer see requests.",
    advice: "Confirm whose log group or stream it is, and that the same people read it.",
    ...onChange(STAGES, "access_log_settings.destination_arn", isSwapped),
  },
  {
    kind: "trail-lost",
    severity: "low",
    reason: "The access log records less about each request.",
    advice: "Keep the request id, time, caller, route and status.",
    ...onChange(
      STAGES,
      "access_log_settings.format",
      (before, after) => !isEmpty(after) && loses(fields(before), fields(after)),
    ),
  },
  {
    kind: "trail-lost",
    reason: "Logs are deleted sooner, existing ones included.",
    advice: "Keep the retention, or export the logs first.",
    ...onChange(
      LOG_GROUP,
      "retention_in_days",
      (before, after) => Number(after || Number.POSITIVE_INFINITY) < Number(before || Number.POSITIVE_INFINITY),
    ),
  },
  {
    kind: "trail-lost",
    severity: "low",
    reason: "The retention is removed: logs are kept, and billed, without an end.",
    advice: "Set retention_in_days to what your policy requires.",
    ...onChange(LOG_GROUP, "retention_in_days", (before, after) => Number(before || 0) > 0 && Number(after || 0) === 0),
  },
  {
    kind: "trail-lost",
    severity: "high",
    reason: "The log group is destroyed with all its logs.",
    advice: "Export the logs first, or keep the group with a `removed` block (destroy = false).",
    ...onEnd(LOG_GROUP, "aws_cloudwatch_log_stream"),
  },
  {
    kind: "trail-lost",
    reason: "API Gateway stops writing execution logs: its own errors leave no trace.",
    advice: 'Keep logging_level = "ERROR".',
    ...anyOf(
      onChange(SETTINGS, "settings.logging_level", leaves("ERROR", "INFO")),
      onChange(STAGES, "default_route_settings.logging_level", leaves("ERROR", "INFO")),
    ),
  },
  {
    kind: "trail-lost",
    severity: "low",
    reason: "The function logs less, or to another log group.",
    advice: "Keep the level at INFO, and the function's own log group.",
    ...anyOf(
      onChange(FUNCTION, ["logging_config.application_log_level", "logging_config.system_log_level"], isQuieter),
      onChange(FUNCTION, "logging_config.log_group", isSwapped),
    ),
  },
  {
    kind: "trail-lost",
    reason: "The limits and logs of all methods fall back to API Gateway's defaults: no logs, account limits only.",
    advice: "Keep the settings for `*/*`.",
    looksAt: looks([SETTINGS], ENDED),
    find: (plan) =>
      plan
        .ofType(SETTINGS)
        .filter((change) => change.verb === "destroy" && own(change.before, "method_path") === "*/*")
        .filter(() => !plan.ofType("aws_api_gateway_rest_api").some((api) => api.verb === "destroy"))
        .map((change) => place(change, "settings", { before: "logged and limited", after: "not set" })),
  },
  {
    kind: "trail-lost",
    reason: "API Gateway loses its role for writing logs, for every API of the account in this region.",
    advice: "Keep the account's CloudWatch role (MANAGE_API_GATEWAY_ACCOUNT), or confirm that another stack sets it.",
    ...anyOf(onDestroy(ACCOUNT), onChange(ACCOUNT, "cloudwatch_role_arn", isRemoved)),
  },
  {
    kind: "trail-lost",
    reason: "The role may no longer write logs: its function leaves no trace.",
    advice: "Keep logs:CreateLogStream and logs:PutLogEvents on the function's own log group.",
    find: (plan) => plan.ofType("aws_iam_role_policy").flatMap((change) => lostLogAccess(plan, change)),
  },
  {
    kind: "trail-lost",
    reason: "Logs are no longer shipped, or go to another destination: monitoring there sees nothing.",
    advice: "Keep the filter and its destination, or confirm what ships the logs instead.",
    ...anyOf(
      onEnd("aws_cloudwatch_log_destination", "aws_kinesis_firehose_delivery_stream"),
      onDestroy(
        "aws_cloudwatch_log_subscription_filter",
        "aws_cloudwatch_log_delivery",
        "aws_cloudwatch_log_data_protection_policy",
      ),
      onChange(
        "aws_cloudwatch_log_subscription_filter",
        ["destination_arn", "filter_pattern", "log_group_name"],
        isOther,
      ),
    ),
  },
  {
    kind: "trail-lost",
    reason: "The stage has no access log.",
    advice: "Set access_log_settings.",
    find: (plan) =>
      onValue(STAGES, "access_log_settings", isEmpty, false)
        .find(plan)
        .filter((finding) => finding.standing),
  },
];

/** From the most to the least that is written. */
const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
/** INFO and below is what a trail needs. */
function isQuieter(before: unknown, after: unknown): boolean {
  const rank = (value: unknown) => levels.indexOf(isEmpty(value) ? "INFO" : String(value));
  return rank(after) > Math.max(rank(before), levels.indexOf("INFO"));
}

/** `$context.requestId` and the like. */
const fields = (format: unknown): string[] => String(format ?? "").match(/\$[\w.-]+/g) ?? [];

function accessLogs(plan: Plan): Finding[] {
  return plan.ofType(...STAGES).flatMap((change) => {
    if (!stays(change) || change.verb === "keep" || isUnknown(change, "access_log_settings")) return [];
    const [before, after] = [pick(change.before, "access_log_settings"), pick(change.after, "access_log_settings")];
    return !isEmpty(before) && isEmpty(after)
      ? [place(change, "access_log_settings", { before: "on", after: "off" })]
      : [];
  });
}

/** Another policy of the same role may grant it. */
function lostLogAccess(plan: Plan, change: Change): Finding[] {
  if (!change.before || change.verb === "keep" || change.verb === "forget" || keepsPolicy(change)) return [];
  if (!grantsOf(plan, own(change.before, "policy"))?.some(writesLogs)) return [];
  if (change.after && plannedValue(plan, change, "policy") === undefined) return [];
  const holder = holderOf(plan, change, "before");
  if (holder === undefined || plan.at(holder)?.verb === "destroy") return [];
  const left = grantsOfHolder(plan, holder, "after");
  if (!left || left.some(writesLogs)) return [];
  return [place(change, "policy", { before: "logs:PutLogEvents", after: "not granted" })];
}

const writesLogs = ({ allow, action }: Grant) => allow && matches(action, "logs:PutLogEvents");

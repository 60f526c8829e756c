/** What runs behind the API: functions, integrations, queues and schedules that stop, or run something else. */
import { becomes, falls, isOther, isRemoved, isSwapped, leaves, turnsOff } from "../plan/compare";
import { isEmpty, own, pick } from "../plan/value";
import type { Rule } from "./rule";
import { anyOf, onChange, onDestroy, onEnd } from "./searches";

const FUNCTION = "aws_lambda_function";
const SOURCE = "aws_lambda_event_source_mapping";
const SCHEDULES = ["aws_scheduler_schedule", "aws_cloudwatch_event_rule"];
const INTEGRATIONS = ["aws_api_gateway_integration", "aws_apigatewayv2_integration"];
const SETTINGS = "aws_api_gateway_method_settings";
const HTTP_STAGE = "aws_apigatewayv2_stage";

export const clientsFunctions: readonly Rule[] = [
  {
    kind: "clients-broken",
    reason: "The function's concurrency is zero: every invocation is throttled and its routes fail.",
    advice: "Leave reserved_concurrent_executions out, or set it to what the routes need.",
    ...onChange(FUNCTION, "reserved_concurrent_executions", becomes(0)),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "The alias sends part of its invocations to another version of the function.",
    advice: "Confirm the version and its share, and watch its errors.",
    ...onChange(
      "aws_lambda_alias",
      "routing_config",
      (before, after) => !isEmpty(after) && JSON.stringify(before) !== JSON.stringify(after),
    ),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "The stage sends part of the requests to another deployment.",
    advice: "Confirm the share, and watch the errors of both.",
    ...onChange(
      "aws_api_gateway_stage",
      "canary_settings",
      (before, after) => !isEmpty(after) && isOther(after, before),
    ),
  },
  {
    kind: "clients-broken",
    reason: "The alias is destroyed or replaced: what invokes the function by it fails.",
    advice: "Keep the alias until nothing refers to it.",
    ...onEnd("aws_lambda_alias"),
  },
  {
    kind: "clients-broken",
    reason: "The route's integration is of another kind: callers get other responses.",
    advice: "Confirm that the new target serves what clients expect.",
    ...onChange(INTEGRATIONS, ["type", "integration_type"], isOther),
  },
  {
    kind: "access-opened",
    reason: "Requests, and the tokens in them, are sent to another host or to another account's function.",
    advice: "Confirm who runs it.",
    ...onChange(INTEGRATIONS, ["uri", "integration_uri"], isAnotherHost),
  },
  {
    kind: "clients-broken",
    reason: "The limit drops to a fraction: clients get 429.",
    advice: "Lower limits in steps, and watch the count of 429.",
    ...anyOf(
      onChange(SETTINGS, ["settings.throttling_rate_limit", "settings.throttling_burst_limit"], isFraction),
      onChange(
        HTTP_STAGE,
        ["default_route_settings.throttling_rate_limit", "default_route_settings.throttling_burst_limit"],
        isFraction,
      ),
      onChange(
        "aws_api_gateway_usage_plan",
        ["throttle_settings.rate_limit", "throttle_settings.burst_limit", "quota_settings.limit"],
        isFraction,
      ),
    ),
  },
  {
    kind: "clients-broken",
    reason: "An API key, or its usage plan, goes or is turned off: requests with it get 403.",
    advice: "Hand out new keys first.",
    ...anyOf(
      onDestroy("aws_api_gateway_api_key", "aws_api_gateway_usage_plan"),
      onEnd("aws_api_gateway_usage_plan_key"),
      onChange("aws_api_gateway_api_key", "enabled", turnsOff),
      onChange("aws_api_gateway_usage_plan", "api_stages", losesStage),
    ),
  },
  {
    kind: "clients-broken",
    reason: "Nothing consumes events from this source any more: they wait until they expire.",
    advice: "Keep the mapping enabled, or confirm what consumes the events instead.",
    ...anyOf(
      onDestroy(SOURCE),
      onChange(SOURCE, "enabled", (before, after) => before !== false && after === false),
    ),
  },
  {
    kind: "clients-broken",
    reason: "Events of the source go to another function, or come from another source.",
    advice: "Confirm that the new function takes them.",
    ...onChange(SOURCE, ["function_name", "event_source_arn"], isSwapped),
  },
  {
    kind: "clients-broken",
    reason: "The schedule or rule no longer runs.",
    advice: "Keep it enabled, or confirm that its work is no longer needed.",
    ...anyOf(
      onDestroy(...SCHEDULES, "aws_cloudwatch_event_target"),
      onChange(SCHEDULES, "state", (before, after) => before !== "DISABLED" && after === "DISABLED"),
      onChange("aws_cloudwatch_event_rule", "is_enabled", (before, after) => before === true && after === false),
      onChange("aws_cloudwatch_event_rule", "event_pattern", isOther),
      onChange("aws_scheduler_schedule", "end_date", (before, after) => isEmpty(before) && !isEmpty(after)),
    ),
  },
  {
    kind: "clients-broken",
    reason: "The schedule or rule runs something else.",
    advice: "Confirm the new target and what it may do.",
    ...anyOf(
      onChange("aws_scheduler_schedule", "target.arn", isSwapped),
      onChange("aws_cloudwatch_event_target", "arn", isSwapped),
    ),
  },
  {
    kind: "clients-broken",
    reason: "A queue or topic is destroyed or replaced under another address: what sends to it fails.",
    advice: "Move senders and subscribers first.",
    ...onEnd("aws_sns_topic", "aws_sqs_queue"),
  },
  {
    kind: "clients-broken",
    reason: "The network in which the function runs changes: what it reaches inside a VPC may fail.",
    advice: "Confirm that its subnets and security groups reach what it calls.",
    ...onChange(FUNCTION, "vpc_config", isRemoved),
  },
  {
    kind: "clients-broken",
    reason:
      "The function moves into a VPC: it reaches the internet, and AWS's services, only through what the VPC has.",
    advice: "Confirm that its subnets have a NAT gateway, or endpoints for all that the function calls.",
    ...onChange(FUNCTION, "vpc_config", (before, after) => isEmpty(before) && !isEmpty(after)),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "API Gateway waits much shorter for the backend: requests that take longer get 504.",
    advice: "Confirm with the backend's longest durations.",
    ...onChange(
      INTEGRATIONS,
      "timeout_milliseconds",
      (before, after) => Number(after) > 0 && Number(after) < Number(before || 29_000) / 2,
    ),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "The function is stopped much sooner: requests that take longer get 502 or 504.",
    advice: "Confirm with the function's longest durations, cold starts included.",
    ...onChange(FUNCTION, "timeout", (before, after) => Number(after) < Number(before) / 2),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "A message is handed out again while the function still works on it.",
    advice: "Keep visibility_timeout_seconds at six times the function's timeout.",
    ...onChange(
      "aws_sqs_queue",
      "visibility_timeout_seconds",
      (before, after) => falls(30)(before, after) && Number(after ?? 30) < 30,
    ),
  },
  {
    kind: "clients-broken",
    severity: "low",
    reason: "The table changes how much it can take: writes and reads beyond it are throttled.",
    advice: "Confirm the capacity with the table's consumed units.",
    ...onChange("aws_dynamodb_table", "billing_mode", leaves("PAY_PER_REQUEST")),
  },
  {
    kind: "clients-broken",
    reason: "An index of the table goes: queries that use it fail.",
    advice: "Keep the index until no function queries it.",
    ...onChange("aws_dynamodb_table", "global_secondary_index", (before, after) => losesName(before, after)),
  },
];

/** Less than a tenth, or nothing; `-1` is no limit. */
function isFraction(before: unknown, after: unknown): boolean {
  const [from, to] = [Number(before ?? -1), Number(after ?? -1)];
  return to >= 0 && (to === 0 || (from > 0 && to <= from / 10));
}

const host = (uri: string): string | undefined => /^[a-z][a-z0-9+.-]*:\/\/([^/]+)/i.exec(uri)?.[1];
const account = (uri: string): string | undefined => /:(\d{12}):function:/.exec(uri)?.[1];

function isAnotherHost(before: unknown, after: unknown): boolean {
  if (!isSwapped(before, after)) return false;
  const [from, to] = [String(before), String(after)];
  return host(from) !== host(to) || account(from) !== account(to);
}

function losesStage(before: unknown, after: unknown): boolean {
  const list = (value: unknown) =>
    (Array.isArray(value) ? value : []).map((item) => `${own(item, "api_id")} ${own(item, "stage")}`);
  return list(before).some((stage) => !list(after).includes(stage));
}

function losesName(before: unknown, after: unknown): boolean {
  const list = (value: unknown) => (Array.isArray(value) ? value : []).map((item) => pick(item, "name"));
  return list(before).some((name) => !list(after).includes(name));
}

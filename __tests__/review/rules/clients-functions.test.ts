import { clientsFunctions } from "../../../review/rules/clients-functions";
import { oneWay, type Pair, pairs, whenDestroyed } from "../support/pairs";
import { updated } from "../support/plan";

const change = (what: string, type: string, before: object, after: object, fine: object): Pair => [
  "clients-broken",
  what,
  [updated(`${type}.x`, { ...before }, { ...after })],
  `beside ${what}`,
  [updated(`${type}.x`, { ...before }, { ...fine })],
];
const SETTINGS = "aws_api_gateway_method_settings";
const rate = (limit: number) => ({ settings: [{ throttling_rate_limit: limit }] });
const vpc = (subnet: string) => ({ vpc_config: [{ subnet_ids: [subnet] }] });
const host = (uri: string) => [updated("aws_api_gateway_integration.x", { uri: "https://legacy.internal/a" }, { uri })];

pairs(clientsFunctions, [
  oneWay(
    "clients-broken",
    "aws_lambda_function",
    { reserved_concurrent_executions: -1 },
    { reserved_concurrent_executions: 0 },
  ),
  oneWay(
    "clients-broken",
    "aws_lambda_alias",
    { routing_config: [] },
    { routing_config: [{ additional_version_weights: { 3: 0.5 } }] },
  ),
  oneWay(
    "clients-broken",
    "aws_api_gateway_stage",
    { canary_settings: [] },
    { canary_settings: [{ percent_traffic: 50 }] },
  ),
  change("a move into a VPC", "aws_lambda_function", { vpc_config: [] }, vpc("a"), { memory_size: 256 }),
  change(
    "a much shorter wait",
    "aws_apigatewayv2_integration",
    { timeout_milliseconds: 29_000 },
    { timeout_milliseconds: 3000 },
    { timeout_milliseconds: 20_000 },
  ),
  change("a much shorter timeout", "aws_lambda_function", { timeout: 20 }, { timeout: 5 }, { timeout: 15 }),
  whenDestroyed("clients-broken", "aws_lambda_alias"),
  change(
    "an integration of another kind",
    "aws_api_gateway_integration",
    { type: "HTTP_PROXY" },
    { type: "MOCK" },
    { type: "HTTP_PROXY", content_handling: "CONVERT_TO_TEXT" },
  ),
  [
    "access-opened",
    "another host",
    host("https://other.example/a"),
    "another path of the host",
    host("https://legacy.internal/b"),
  ],
  change("a rate that is a fraction", SETTINGS, rate(50), rate(1), rate(40)),
  whenDestroyed("clients-broken", "aws_api_gateway_usage_plan_key"),
  oneWay("clients-broken", "aws_api_gateway_api_key", { enabled: true }, { enabled: false }),
  oneWay(
    "clients-broken",
    "aws_api_gateway_usage_plan",
    { api_stages: [{ api_id: "a", stage: "v1" }] },
    { api_stages: [] },
  ),
  oneWay("clients-broken", "aws_lambda_event_source_mapping", { enabled: true }, { enabled: false }),
  whenDestroyed("clients-broken", "aws_lambda_event_source_mapping"),
  change(
    "events for another function",
    "aws_lambda_event_source_mapping",
    { function_name: "a" },
    { function_name: "b" },
    { function_name: "a", batch_size: 9 },
  ),
  oneWay("clients-broken", "aws_scheduler_schedule", { state: "ENABLED" }, { state: "DISABLED" }),
  whenDestroyed("clients-broken", "aws_scheduler_schedule"),
  change(
    "a schedule of something else",
    "aws_scheduler_schedule",
    { target: [{ arn: "a" }] },
    { target: [{ arn: "b" }] },
    { target: [{ arn: "a" }], schedule_expression: "rate(1 day)" },
  ),
  whenDestroyed("clients-broken", "aws_sns_topic"),
  change("a way out of a VPC", "aws_lambda_function", vpc("a"), { vpc_config: [] }, vpc("b")),
  change(
    "a short time to work",
    "aws_sqs_queue",
    { visibility_timeout_seconds: 60 },
    { visibility_timeout_seconds: 5 },
    { visibility_timeout_seconds: 120 },
  ),
  oneWay("clients-broken", "aws_dynamodb_table", { billing_mode: "PAY_PER_REQUEST" }, { billing_mode: "PROVISIONED" }),
  oneWay(
    "clients-broken",
    "aws_dynamodb_table",
    { global_secondary_index: [{ name: "a" }] },
    { global_secondary_index: [] },
  ),
]);

/** ALARM_EMAIL: alarms, their topic, the dashboard and the saved queries, on the whole stack. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { readConfig } from "../../../config";
import { ownMetricNames } from "../../../constructs/operations/metrics";
import { Queue } from "../../../constructs/resources/queue";
import { routes } from "../../../routes";
import { ApiStack } from "../../../stack";
import { addresses, only, resources, type Synthesized, synthStack, type Values } from "../../support/synth";

const root = join(__dirname, "../../..");
const ALARM_EMAIL = "team@example.com";
const json = synthStack({ ALARM_EMAIL });
const http = synthStack({ ALARM_EMAIL, API_TYPE: "http" });

const alarms = (stack: Synthesized) =>
  new Map(
    resources(stack, "aws_cloudwatch_metric_alarm").map((alarm) => [
      String(alarm.alarm_name).replace("cognito-api-dev-", ""),
      alarm,
    ]),
  );
const statements = (policy: unknown) => (JSON.parse(String(policy)) as { Statement: Values[] }).Statement;

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title: string; readonly metrics?: readonly unknown[][] };
}
const widgets = (stack: Synthesized): Widget[] =>
  JSON.parse(String(only(stack, "aws_cloudwatch_dashboard").dashboard_body)).widgets;
const graph = (stack: Synthesized, title: string) =>
  widgets(stack).find(({ properties }) => properties.title.startsWith(title))?.properties.metrics ?? [];

test("without ALARM_EMAIL the stack has none of it", () => {
  const plain = synthStack();
  expect(addresses(plain).filter((address) => address.includes("operations"))).toEqual([]);
  expect(JSON.stringify(plain)).not.toContain("METRICS_NAMESPACE");
});

test.each([
  ["rest", json, { ApiName: "cognito-api-dev", Stage: "v1" }, "5XXError"],
  ["http", http, { ApiId: expect.stringMatching(/^\$\{aws_apigatewayv2_api\..*\.id\}$/), Stage: "v1" }, "5xx"],
])("alarms of API_TYPE=%s have that API's metrics and dimensions", (_, stack, dimensions, errors) => {
  const found = alarms(stack);
  const of = (name: string) => {
    const { namespace, metric_name, dimensions: own, statistic, extended_statistic } = found.get(name) ?? {};
    return [namespace, metric_name, own, statistic ?? extended_statistic];
  };
  expect(of("server-errors")).toEqual(["AWS/ApiGateway", errors, dimensions, "Sum"]);
  expect(of("latency")).toEqual(["AWS/ApiGateway", "Latency", dimensions, "p99"]);
  expect(of("near-time-out")).toEqual(["AWS/ApiGateway", "IntegrationLatency", dimensions, "Maximum"]);
  expect(of("throttled-functions")).toEqual(["AWS/Lambda", "Throttles", undefined, "Sum"]);
  expect(of("sign-in-failures")).toEqual(["cognito-api-dev", "SignInFailures", undefined, "Sum"]);
  expect(of("lock-outs")).toEqual(["cognito-api-dev", "LockOuts", undefined, "Sum"]);
  expect(of("throttled-cognito-calls")).toEqual(["cognito-api-dev", "ThrottledCognitoCalls", undefined, "Sum"]);
  expect(found.size).toBe(7);
});

test("an alarm needs two of three periods, no data is no alarm, and its end is mailed, too", () => {
  const topic = [expect.stringMatching(/^\$\{aws_sns_topic\.operations_.*\.arn\}$/)];
  for (const alarm of alarms(json).values()) {
    expect(alarm).toMatchObject({
      datapoints_to_alarm: 2,
      evaluation_periods: 3,
      period: 300,
      treat_missing_data: "notBreaching",
      alarm_actions: topic,
      ok_actions: topic,
    });
  }
});

test("the time-out that counts is the shortest of the functions behind routes", () => {
  expect(alarms(json).get("near-time-out")?.threshold).toBe(8_000);
  const slow = routes.map((route) => ({ ...route, timeoutSeconds: 20 }));
  expect(alarms(synthStack({ ALARM_EMAIL }, slow)).get("near-time-out")?.threshold).toBe(16_000);
});

test("every alarm has a section in docs/operations.md", () => {
  const page = readFileSync(join(root, "docs/operations.md"), "utf8");
  expect([...alarms(json).keys()].filter((name) => !page.includes(`### ${name}\n`))).toEqual([]);
  for (const [name, { alarm_description: text }] of alarms(json))
    expect(text).toContain(`docs/operations.md, ${name}.`);
});

test("CloudWatch may publish to the topic and use its key for these alarms only", () => {
  const [, publish] = statements(only(json, "aws_sns_topic_policy").policy);
  const [, use] = statements(only(json, "aws_kms_key").policy);
  const condition = {
    StringEquals: { "aws:SourceAccount": expect.stringContaining("account_id") },
    ArnLike: { "aws:SourceArn": expect.stringMatching(/:cloudwatch:us-east-1:.*:alarm:cognito-api-dev-\*$/) },
  };
  const Principal = { Service: "cloudwatch.amazonaws.com" };
  expect(publish).toMatchObject({ Effect: "Allow", Principal, Action: "sns:Publish", Condition: condition });
  expect(use).toMatchObject({ Principal, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Condition: condition });
  expect(only(json, "aws_kms_key").enable_key_rotation).toBe(true);
  expect(only(json, "aws_sns_topic").kms_master_key_id).toMatch(/^\$\{aws_kms_key\..*\.arn\}$/);
  expect(only(json, "aws_sns_topic_subscription")).toMatchObject({ protocol: "email", endpoint: ALARM_EMAIL });
});

test("every function counts in the deployment's namespace", () => {
  for (const { environment } of resources(json, "aws_lambda_function")) {
    expect((environment as { variables: Values }).variables.METRICS_NAMESPACE).toBe("cognito-api-dev");
  }
});

test("alarms and dashboard know the metrics that the functions count, by name", () => {
  const source = readFileSync(join(root, "functions/shared/http/metrics.ts"), "utf8");
  const [, union = ""] = /export type Metric = ([^;]*);/.exec(source) ?? [];
  expect([...ownMetricNames]).toEqual([...union.matchAll(/"(\w+)"/g)].map(([, name]) => name));
});

test.each([
  ["rest", json],
  ["http", http],
])("the dashboard of API_TYPE=%s draws every route and fills its rows", (_, stack) => {
  const labels = graph(stack, "Requests by route").map((line) => (line.at(-1) as { label: string }).label);
  expect(labels.flatMap((label) => label.split(", ")).sort()).toEqual(
    routes.map(({ method, path }) => `${method} ${path}`).sort(),
  );
  const cells = widgets(stack).flatMap(({ x, y, width, height }) =>
    Array.from({ length: width * height }, (__, i) => `${x + (i % width)},${y + Math.floor(i / width)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(cells.length).toBe(24 * (1 + Math.max(...widgets(stack).map(({ y, height }) => y + height - 1))));
});

test("the number of requests is the number of samples of Count", () => {
  expect(graph(json, "Responses")[0]).toEqual([
    "AWS/ApiGateway",
    "Count",
    "ApiName",
    "cognito-api-dev",
    "Stage",
    "v1",
    { stat: "SampleCount", label: "requests" },
  ]);
  expect(graph(json, "Latency").map((line) => line.at(-1))).toEqual(
    ["p50", "p90", "p99"].map((stat) => ({ stat, label: stat })),
  );
});

test("a queue's dead letters and a function without a route have alarms and a place on the dashboard", () => {
  const stack = new ApiStack(Testing.app(), "dev", {
    config: readConfig({ ALARM_EMAIL }),
    routes,
    resources: (scope, { name, fn }) =>
      new Queue(scope, "jobs", { name: `${name}-jobs` }).addConsumer(fn("process-note")),
  });
  const own = JSON.parse(Testing.synth(stack)) as Synthesized;
  expect(alarms(own).get("errors-of-process-note")).toMatchObject({
    namespace: "AWS/Lambda",
    metric_name: "Errors",
    dimensions: { FunctionName: expect.stringContaining("process-note") },
    threshold: 1,
  });
  expect(alarms(own).get("dead-letters-of-jobs")).toMatchObject({
    namespace: "AWS/SQS",
    metric_name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: expect.stringMatching(/dead-letters.*\.name\}$/) },
    evaluation_periods: 1,
    threshold: 1,
  });
  expect(graph(own, "Dead letters")).toHaveLength(1);
  expect(JSON.stringify(graph(own, "Requests by route"))).toContain('"label":"process-note"');
});

test("saved queries read the logs that hold what they look for", () => {
  const found = new Map(resources(json, "aws_cloudwatch_query_definition").map((query) => [String(query.name), query]));
  const groups = (name: string) => found.get(`cognito-api-dev/${name}`)?.log_group_names as string[];
  const access = [expect.stringContaining("access-logs")];
  expect([...found.keys()].sort()).toEqual(
    ["calls-of-one-user", "failures-by-cause", "one-request", "slowest-routes"].map((q) => `cognito-api-dev/${q}`),
  );
  expect(groups("calls-of-one-user")).toEqual(access);
  expect(groups("slowest-routes")).toEqual(access);
  const functions = resources(json, "aws_lambda_function").length;
  expect(groups("failures-by-cause")).toHaveLength(functions);
  expect(groups("one-request")).toHaveLength(functions + 1);
});

test("more log groups than a query may have make two queries", () => {
  const row = routes.find(({ path }) => path === "/echo");
  const many = Array.from(
    { length: 60 },
    (_, i) => ({ ...row, path: `/f${i}`, function: `f${i}` }) as (typeof routes)[0],
  );
  const stack = synthStack({ ALARM_EMAIL }, many);
  const sizes = resources(stack, "aws_cloudwatch_query_definition")
    .filter(({ name }) => String(name).includes("one-request"))
    .map((query) => (query.log_group_names as string[]).length);
  expect(sizes).toHaveLength(2);
  expect(Math.max(...sizes)).toBe(50);
});

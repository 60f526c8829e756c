import { only, resources, type Values } from "../../support/synth";
import { privateRoute, publicRoute, synthApi } from "../support";

test("puts a stage of the given name before the deployment", () => {
  const json = synthApi({ stageName: "v2" });
  const [deployment] = Object.keys(json.resource.aws_api_gateway_deployment ?? {});
  expect(only(json, "aws_api_gateway_stage")).toMatchObject({
    stage_name: "v2",
    deployment_id: `\${aws_api_gateway_deployment.${deployment}.id}`,
  });
  expect(only(json, "aws_api_gateway_deployment").lifecycle).toEqual({ create_before_destroy: true });
});

test("logs each request as one JSON line without headers, query or body", () => {
  const { format, destination_arn } = only(synthApi(), "aws_api_gateway_stage").access_log_settings as Values;
  const line = JSON.parse(String(format)) as Record<string, string>;
  expect(line).toMatchObject({ extendedRequestId: "$context.extendedRequestId", status: "$context.status" });
  expect(String(format)).not.toMatch(/header|querystring|input|body|authorizer\.claims\.(?!sub)/i);
  expect(destination_arn).toMatch(/aws_cloudwatch_log_group\..*access-logs.*\.arn/);
});

test("keeps access and execution logs as long as it is told", () => {
  const groups = resources(synthApi({ logRetentionDays: 7 }), "aws_cloudwatch_log_group");
  const gateway = groups.filter(({ name }) => /apigateway|API-Gateway/.test(String(name)));
  expect(gateway).toMatchObject([{ retention_in_days: 7 }, { retention_in_days: 7 }]);
});

test("limits the stage, and a route that asks for it more strictly", () => {
  const throttle = { rateLimit: 5, burstLimit: 10 };
  const json = synthApi({ routes: [privateRoute, { ...publicRoute, path: "/user/login", throttle }] });
  const settings = resources(json, "aws_api_gateway_method_settings");
  expect(settings).toMatchObject([
    { method_path: "*/*", settings: { throttling_rate_limit: 50, throttling_burst_limit: 100 } },
    { method_path: "~1user~1login/POST", settings: { throttling_rate_limit: 5, throttling_burst_limit: 10 } },
  ]);
});

test("never lets a route's limit exceed the stage's", () => {
  const json = synthApi({
    throttle: { rateLimit: 3, burstLimit: 100 },
    routes: [{ ...publicRoute, throttle: { rateLimit: 5, burstLimit: 10 } }],
  });
  expect(resources(json, "aws_api_gateway_method_settings")[1]).toMatchObject({
    settings: { throttling_rate_limit: 3, throttling_burst_limit: 10 },
  });
});

test("logs errors only, and never a payload: it would hold passwords and tokens", () => {
  const json = synthApi({ routes: [{ ...publicRoute, throttle: { rateLimit: 5, burstLimit: 10 } }] });
  for (const { settings } of resources(json, "aws_api_gateway_method_settings")) {
    expect(settings).toMatchObject({ logging_level: "ERROR", data_trace_enabled: false });
  }
});

test("makes the account-wide role for logs before the stage, unless it is another stack's", () => {
  const json = synthApi();
  const [account] = Object.keys(json.resource.aws_api_gateway_account ?? {});
  expect(only(json, "aws_api_gateway_stage").depends_on).toContain(`aws_api_gateway_account.${account}`);
  const policies = resources(json, "aws_iam_role_policy").map(({ policy }) => String(policy));
  expect(policies.filter((policy) => policy.includes("logs:DescribeLogGroups"))).toHaveLength(1);
  expect(resources(synthApi({ manageAccount: false }), "aws_api_gateway_account")).toEqual([]);
});

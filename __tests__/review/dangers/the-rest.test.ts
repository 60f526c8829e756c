import { noEffect } from "../../../review/dangers/no-effect";
import { secretShown } from "../../../review/dangers/secret-shown";
import { trailLost } from "../../../review/dangers/trail-lost";
import { unseenPlan } from "../../../review/dangers/unseen";
import { review } from "../../../review/report";
import { api, DEPLOYMENT, deployed, METHOD, methodValues, STAGE, stageValues } from "../support/api";
import { pairs } from "../support/pairs";
import { created, destroyed, kept, planOf, replaced, updated, type Values } from "../support/plan";

const method = updated(METHOD, methodValues, { ...methodValues, request_validator_id: "v" });
const old = [kept(DEPLOYMENT, { id: "d1", rest_api_id: "api1" }), kept(STAGE, stageValues)];
const http = { id: "h1", name: "h" };
const v2 = (auto: boolean) => [
  kept("aws_apigatewayv2_api.h", http),
  updated(
    "aws_apigatewayv2_route.r",
    { api_id: "h1", route_key: "GET /a", authorization_type: "JWT" },
    { api_id: "h1", route_key: "GET /a", authorization_type: "JWT", target: "x" },
  ),
  kept("aws_apigatewayv2_stage.s", { api_id: "h1", name: "v1", auto_deploy: auto }),
];

pairs(noEffect, [
  [
    "no-effect",
    "a method that changes without its deployment",
    [...api, method, ...old],
    "one that changes with it",
    [...api, method, ...deployed],
  ],
  [
    "no-effect",
    "a stage that stays on the old deployment",
    [
      ...api,
      method,
      replaced(DEPLOYMENT, { id: "d1", rest_api_id: "api1" }, { rest_api_id: "api1" }),
      kept(STAGE, stageValues),
    ],
    "nothing but a description",
    [
      ...api,
      updated(
        "aws_api_gateway_model.m",
        { rest_api_id: "api1", schema: "{}" },
        { rest_api_id: "api1", schema: "{}", description: "x" },
      ),
      ...old,
    ],
  ],
  ["no-effect", "an HTTP API without automatic deployment", v2(false), "one with it", v2(true)],
]);

const FN = "aws_lambda_function.f";
const fn = (variables: Values) => ({ function_name: "f", environment: [{ variables }] });
const marked = (name: string) => ({
  sensitive: { environment: [{ variables: { [name]: true } }] },
  beforeSensitive: {},
});
const output = (values: Values) => ({
  output_changes: {
    o: {
      actions: ["create"],
      before: null,
      after: "x",
      after_unknown: false,
      before_sensitive: false,
      after_sensitive: false,
      ...values,
    },
  },
});
const SETTINGS = "aws_api_gateway_method_settings.m";
const settings = (values: Values) => ({
  method_path: "*/*",
  settings: [{ logging_level: "ERROR", data_trace_enabled: false, ...values }],
});

pairs(secretShown, [
  [
    "secret-shown",
    "a sensitive output",
    [],
    "an output that is none",
    [],
    { plan: output({ after_sensitive: true }), other: output({}) },
  ],
  [
    "secret-shown",
    "an output behind nonsensitive()",
    [],
    "an output of an id",
    [],
    {
      plan: {
        ...output({}),
        configuration: {
          root_module: {
            outputs: { o: { expression: { references: ["aws_cognito_user_pool_client.c.client_secret"] } } },
          },
        },
      },
      other: {
        ...output({}),
        configuration: {
          root_module: { outputs: { o: { expression: { references: ["aws_cognito_user_pool_client.c.id"] } } } },
        },
      },
    },
  ],
  [
    "secret-shown",
    "an output that loses its mark",
    [],
    "an output that goes",
    [],
    {
      plan: output({ actions: ["no-op"], before: "x", before_sensitive: true }),
      other: output({ actions: ["delete"], before: "x", after: null, before_sensitive: true }),
    },
  ],
  [
    "secret-shown",
    "a secret in an environment",
    [updated(FN, fn({}), fn({ X: "abcdefgh" }), marked("X"))],
    "a flag in it",
    [updated(FN, fn({}), fn({ X: "on" }))],
  ],
  [
    "secret-shown",
    "a password in clear text",
    [updated(FN, fn({}), fn({ DB_PASSWORD: "hunter2hunter2" }))],
    "where a password is kept",
    [updated(FN, fn({}), fn({ DB_PASSWORD_ARN: "x", DB_SECRET: "arn:aws:secretsmanager:x" }))],
  ],
  [
    "secret-shown",
    "a secret in a tag",
    [
      updated(
        FN,
        fn({}),
        { ...fn({}), tags: { a: "abcdefgh" } },
        { sensitive: { tags: { a: true } }, beforeSensitive: {} },
      ),
    ],
    "a client's own secret",
    [
      updated(
        "aws_cognito_user_pool_client.c",
        { prevent_user_existence_errors: "ENABLED" },
        { prevent_user_existence_errors: "ENABLED", name: "x" },
        { sensitive: { client_secret: true } },
      ),
    ],
  ],
  [
    "secret-shown",
    "payload tracing",
    [updated(SETTINGS, settings({}), settings({ data_trace_enabled: true }))],
    "its absence",
    [updated(SETTINGS, settings({ data_trace_enabled: true }), settings({}))],
  ],
]);

const GROUP = "aws_cloudwatch_log_group.g";
const ALARM = "aws_cloudwatch_metric_alarm.a";
const days = (before: number, after: number) => [
  updated(GROUP, { name: "g", retention_in_days: before }, { name: "g", retention_in_days: after }),
];
const logs = (action: string) => ({
  role: "r",
  policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "arn:x" }] }),
});

pairs(trailLost, [
  [
    "trail-lost",
    "access logs off",
    [updated(STAGE, stageValues, { ...stageValues, access_log_settings: [] })],
    "access logs in another format",
    [updated(STAGE, stageValues, { ...stageValues, access_log_settings: [{ destination_arn: "x", format: "y" }] })],
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

pairs(unseenPlan, [
  ["unknown", "a plan that an error stopped", [], "a whole plan", [], { plan: { errored: true, complete: false } }],
  [
    "unknown",
    "a plan with a target",
    [],
    "a plan of a Terraform that does not say",
    [],
    { plan: { complete: false }, other: { complete: undefined } },
  ],
  [
    "unknown",
    "deferred changes",
    [],
    "none",
    [],
    { plan: { deferred_changes: [{}] }, other: { deferred_changes: [] } },
  ],
  [
    "unknown",
    "a file that was cut",
    [],
    "data beside resources",
    [],
    {
      plan: { planned_values: { root_module: { resources: [{ address: "aws_x.y", mode: "managed" }] } } },
      other: { planned_values: { root_module: { resources: [{ address: "data.aws_x.y", mode: "data" }] } } },
    },
  ],
]);

test("lets nobody allow a plan that was stopped", () => {
  const report = review(planOf([], { errored: true, complete: false }), [{ kind: "unknown" }]);
  expect(report).toMatchObject({ verdict: "dangerous", dangers: [{ kind: "unknown", allowed: false }] });
});

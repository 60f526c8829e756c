import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nested } from "../../../local/terraform/json";
import { readStack } from "../../../local/terraform/read-stack";

const ref = (expression: string) => `\${${expression}}`;
function read(resource: object, data: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), "support-"));
  const provider = { aws: [{ region: "eu-west-1" }] };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ provider, resource, data }));
  return readStack(folder);
}

/** What a function's environment variable with this value holds. */
function variable(value: string, resource: object): unknown {
  const functions = {
    aws_lambda_function: { f: { function_name: "f", environment: { variables: { VALUE: value } } } },
  };
  const [block] = read({ ...resource, ...functions }).resources("aws_lambda_function");
  return nested(nested(block?.values.environment)?.variables)?.VALUE;
}

test("lists what is not emulated, with its name if it is written in the JSON", () => {
  const stack = read(
    {
      aws_sqs_queue: { jobs: { name: "dev-jobs" } },
      aws_s3_bucket: { files: { bucket: "dev-files" } },
      aws_route53_record: { www: { name: ref("aws_sqs_queue.jobs.name") } },
      aws_db_instance: { main: { identifier: "dev-main" } },
      aws_cloudwatch_log_group: { logs: { name: "logs" } },
      aws_dynamodb_table: { notes: { name: "notes" } },
    },
    { aws_vpc: { main: {} } },
  );
  expect([...stack.notEmulated].sort()).toEqual([
    "aws_db_instance.main (dev-main)",
    "aws_route53_record.www",
    "aws_s3_bucket.files (dev-files)",
    "aws_sqs_queue.jobs (dev-jobs)",
    "data.aws_vpc.main",
  ]);
});

const ARN = "eu-west-1:000000000000";
test.each<[string, object, string, string | RegExp]>([
  ["aws_sqs_queue", { name: "jobs" }, "url", "https://sqs.eu-west-1.amazonaws.com/000000000000/jobs"],
  ["aws_sqs_queue", { name: "jobs" }, "arn", `arn:aws:sqs:${ARN}:jobs`],
  [
    "aws_dynamodb_table",
    { name: "notes", hash_key: "id", attribute: [{ name: "id", type: "S" }] },
    "stream_arn",
    /^arn:aws:dynamodb:eu-west-1:000000000000:table\/notes\/stream\/2/,
  ],
  ["aws_sns_topic", { name: "news" }, "id", `arn:aws:sns:${ARN}:news`],
  ["aws_s3_bucket", { bucket: "files" }, "arn", "arn:aws:s3:::files"],
  ["aws_s3_bucket", {}, "bucket", /^terraform-[a-z0-9]{26}$/],
  ["aws_ssm_parameter", { name: "/app/key" }, "arn", `arn:aws:ssm:${ARN}:parameter/app/key`],
  [
    "aws_secretsmanager_secret",
    { name: "key" },
    "arn",
    /^arn:aws:secretsmanager:eu-west-1:000000000000:secret:key-\w{6}$/,
  ],
  ["aws_kms_key", {}, "key_id", /^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}$/],
  ["aws_cloudwatch_event_bus", { name: "bus" }, "arn", `arn:aws:events:${ARN}:event-bus/bus`],
  ["aws_scheduler_schedule", { name: "nightly" }, "arn", `arn:aws:scheduler:${ARN}:schedule/default/nightly`],
  ["aws_sfn_state_machine", { name: "flow" }, "arn", `arn:aws:states:${ARN}:stateMachine:flow`],
  ["aws_dynamodb_table", { name: "notes" }, "arn", `arn:aws:dynamodb:${ARN}:table/notes`],
  ["aws_route53_record", { fqdn: "www.example.com" }, "fqdn", "www.example.com"],
])("%s %j has the attribute %s", (type, values, attribute, expected) => {
  const value = variable(ref(`${type}.x.${attribute}`), { [type]: { x: values } });
  expect(value).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected);
});

test("an attribute that only AWS knows is an error where it is read", () => {
  expect(() => variable(ref("aws_route53_record.x.fqdn"), { aws_route53_record: { x: {} } })).toThrow(
    'aws_lambda_function.f: environment: "${aws_route53_record.x.fqdn}" is declared, but its value is not known locally',
  );
});

test.each<[string, string, unknown]>([
  ["aws_cognito_user_pool", "username_attributes", ["email", "phone_number"]],
  ["aws_cognito_user_pool", "verification_message_template", { default_email_option: "CONFIRM_WITH_LINK" }],
  ["aws_cognito_user_pool", "lambda_config", { custom_email_sender: { lambda_arn: "x" } }],
  ["aws_cognito_user_pool", "account_recovery_setting", { recovery_mechanism: [{ name: "admin_only", priority: 1 }] }],
  ["aws_cognito_user_pool", "an_argument_of_tomorrow", "x"],
  ["aws_cognito_user_pool_client", "read_attributes", ["email"]],
  ["aws_cognito_user_pool_client", "write_attributes", ["email"]],
  ["aws_api_gateway_rest_api", "body", "{}"],
  ["aws_api_gateway_method", "api_key_required", true],
  ["aws_api_gateway_method_settings", "settings", { caching_enabled: true }],
  ["aws_api_gateway_stage", "canary_settings", [{ percent_traffic: 10 }]],
  ["aws_api_gateway_integration", "connection_type", "VPC_LINK"],
  ["aws_apigatewayv2_api", "cors_configuration", { allow_credentials: true, allow_origins: ["*"] }],
  ["aws_apigatewayv2_integration", "request_parameters", { "append:header.a": "b" }],
  ["aws_lambda_function", "reserved_concurrent_executions", 0],
  ["aws_lambda_function", "file_system_config", { arn: "x" }],
  ["aws_lambda_function", "layers", ["x"]],
])("rejects %s with %s %j", (type, argument, value) => {
  expect(() => read({ [type]: { x: { [argument]: value } } })).toThrow(`${type}.x: ${argument} is not served locally`);
});

test.each<[string, string, unknown]>([
  ["aws_cognito_user_pool", "mfa_configuration", "OFF"],
  ["aws_cognito_user_pool", "device_configuration", null],
  ["aws_cognito_user_pool", "sms_configuration", []],
  ["aws_cognito_user_pool", "email_configuration", { email_sending_account: "DEVELOPER" }],
  ["aws_cognito_user_pool_client", "read_attributes", []],
  ["aws_api_gateway_rest_api", "disable_execute_api_endpoint", false],
  ["aws_lambda_function", "tracing_config", { mode: "Active" }],
  ["aws_lambda_function", "reserved_concurrent_executions", 5],
])("accepts %s with %s %j", (type, argument, value) => {
  expect(() => read({ [type]: { x: { [argument]: value } } })).not.toThrow();
});

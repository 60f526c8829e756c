import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatorStack } from "../../../local/emulator/emulator-stack";
import { readStack } from "../../../local/terraform/read-stack";

const ref = (expression: string) => `\${${expression}}`;
const STACK = {
  terraform: {
    backend: { s3: { bucket: "state" } },
    required_providers: { aws: { source: "aws", version: "> 5" }, archive: { source: "hashicorp/archive" } },
  },
  provider: { aws: [{ region: "eu-west-1", profile: "production" }], archive: [{}] },
  locals: {
    deployed: [ref("aws_lambda_function.sweep.invoke_arn")],
    owner: ref("aws_iam_role.role.arn"),
    queues: ref("local.first"),
    first: ref("aws_sqs_queue.jobs.arn"),
  },
  resource: {
    aws_ssm_parameter: {
      function: { name: "/function", value: ref("local.deployed[0]") },
      owner: { name: "/owner", value: ref("local.owner") },
      queue: { name: "/queue", value: ref("local.queues") },
    },
    aws_iam_role: { role: { name: "role" } },
    aws_lambda_function: { sweep: { function_name: "sweep" } },
    aws_dynamodb_table: { notes: { name: "notes" } },
    aws_sqs_queue: {
      jobs: {
        name: "jobs",
        lifecycle: { prevent_destroy: true },
        tags: { table: ref("aws_dynamodb_table.notes.arn") },
      },
    },
    aws_sqs_queue_policy: {
      policy: { queue_url: ref("aws_sqs_queue.jobs.url"), policy: `for ${ref("aws_iam_role.role.arn")}` },
    },
    aws_lambda_event_source_mapping: {
      consumer: {
        event_source_arn: ref("aws_sqs_queue.jobs.arn"),
        function_name: ref("aws_lambda_function.sweep.arn"),
      },
    },
    aws_route53_record: {
      alias: { name: "x", records: [ref("aws_lambda_event_source_mapping.consumer.id")], depends_on: [] },
    },
    aws_sns_topic: { news: { name: "news", depends_on: ["aws_iam_role.role", "aws_sqs_queue.jobs"] } },
  },
  data: { archive_file: { sweep: { type: "zip", output_path: "sweep.zip" } } },
};

function emulated(stack: object = STACK) {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
  return emulatorStack({ ...stack }, readStack(folder));
}

test("takes what the local API does not serve, and leaves out what belongs to a function, step by step", () => {
  const { created, skipped } = emulated();
  expect(created).toEqual([
    "aws_ssm_parameter.owner",
    "aws_ssm_parameter.queue",
    "aws_sqs_queue.jobs",
    "aws_sqs_queue_policy.policy",
    "aws_sns_topic.news",
  ]);
  expect(skipped).toEqual([
    "aws_ssm_parameter.function",
    "aws_lambda_event_source_mapping.consumer",
    "aws_route53_record.alias",
  ]);
});

test("leaves out what takes the provider a minute and has no effect in an emulator", () => {
  const resource = {
    aws_s3_bucket: { files: { bucket: "files" } },
    aws_s3_bucket_lifecycle_configuration: { files: { bucket: ref("aws_s3_bucket.files.id") } },
  };
  const { created, skipped } = emulated({ resource });
  expect({ created, skipped }).toEqual({ created: ["aws_s3_bucket.files"], skipped: [] });
});

test("has a state and a provider of its own, with no credentials of the developer", () => {
  const { json } = emulated();
  expect(json).toMatchObject({
    terraform: {
      backend: { local: { path: "terraform.tfstate" } },
      required_providers: { aws: { source: "aws", version: "> 5" } },
    },
  });
  expect(JSON.stringify(json)).not.toMatch(/archive|production|s3":\{"bucket/);
});

test("keeps references between its resources, and writes the values of served ones", () => {
  const arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/notes";
  expect(emulated().json).toMatchObject({
    resource: {
      aws_sqs_queue: { jobs: { name: "jobs", tags: { table: arn } } },
      aws_sqs_queue_policy: {
        policy: { queue_url: "${aws_sqs_queue.jobs.url}", policy: "for arn:aws:iam::000000000000:role/role" },
      },
      aws_sns_topic: { news: { name: "news", depends_on: ["aws_sqs_queue.jobs"] } },
    },
  });
});

test("has the locals that its resources can resolve, and writes the values of the others", () => {
  expect(emulated().json).toMatchObject({
    locals: { queues: ref("local.first"), first: ref("aws_sqs_queue.jobs.arn") },
    resource: {
      aws_ssm_parameter: {
        owner: { value: "arn:aws:iam::000000000000:role/role" },
        queue: { value: ref("local.queues") },
      },
    },
  });
  expect(JSON.stringify(emulated().json)).not.toContain("aws_lambda_function");
});

test("leaves out what denies requests over HTTP: an emulator has no TLS", () => {
  const Condition = { Bool: { "aws:SecureTransport": "false" } };
  const tlsOnly = { Effect: "Deny", Principal: "*", Action: "*", Resource: ref("aws_sqs_queue.jobs.arn"), Condition };
  const send = { Effect: "Allow", Action: "sqs:SendMessage", Resource: ref("aws_sqs_queue.jobs.arn") };
  const policyOf = (...Statement: object[]) => ({
    queue_url: ref("aws_sqs_queue.jobs.url"),
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
  const aws_sqs_queue_policy = { only: policyOf(tlsOnly), both: policyOf(tlsOnly, send) };
  const { json } = emulated({ ...STACK, resource: { ...STACK.resource, aws_sqs_queue_policy } });
  expect((json as typeof STACK).resource.aws_sqs_queue_policy).toEqual({ both: policyOf(send) });
});

test("can be destroyed, whatever the stack protects", () => {
  expect(JSON.stringify(emulated().json)).not.toContain("prevent_destroy");
});

test("Terraform multiplies what has count or for_each, unless each instance needs an attribute of a served one", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const table = ref("aws_dynamodb_table.notes.arn");
  const json = {
    resource: {
      aws_dynamodb_table: { notes: { name: "notes" } },
      aws_sqs_queue: {
        plain: { for_each: { a: 1 }, name: ref("each.key") },
        tagged: { count: 2, name: "q", tags: { table } },
      },
    },
  };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  const { json: emulated, skipped } = emulatorStack(json, readStack(folder));
  expect(emulated).toMatchObject({
    resource: { aws_sqs_queue: { plain: { for_each: { a: 1 }, name: "${each.key}" } } },
  });
  expect(skipped).toEqual(["aws_sqs_queue.tagged"]);
});

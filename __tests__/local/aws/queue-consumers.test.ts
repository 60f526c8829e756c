/** Consumers of queues in an emulator: a stand-in for SQS counts what is received and deleted. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Local, startLocal } from "../../../local/server";
import { ref, restStack, writeStack } from "../api-gateway/rest-stack";

const ACCOUNT = "000000000000";
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:jobs`;
const HANDLER = `export const handler = async ({ Records }) => {
  console.log("got " + JSON.stringify(Records.map(({ messageId, body, eventSource, eventSourceARN, messageAttributes }) =>
    [messageId, body, eventSource, eventSourceARN, messageAttributes.kind?.stringValue])));
  if (Records.some(({ body }) => body === "throw")) throw new Error("no");
  return { batchItemFailures: Records.filter(({ body }) => body === "fail").map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

let waiting: string[][] = [];
let deleted: string[] = [];
let requests: { target: string; QueueUrl: string }[] = [];
const sqs = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req) body += chunk;
  const input = JSON.parse(body);
  requests.push({ target: String(req.headers["x-amz-target"]), QueueUrl: input.QueueUrl });
  if (req.headers["x-amz-target"] === "AmazonSQS.DeleteMessageBatch") {
    deleted.push(...input.Entries.map(({ ReceiptHandle }: { ReceiptHandle: string }) => ReceiptHandle));
  }
  const Messages = (waiting.shift() ?? []).map((Body, at) => ({
    MessageId: `m${at}`,
    ReceiptHandle: `handle of ${Body}`,
    Body,
    MD5OfBody: "x",
    MessageAttributes: { kind: { DataType: "String", StringValue: "mail" } },
  }));
  res.writeHead(200, { "Content-Type": "application/x-amz-json-1.0" }).end(JSON.stringify({ Messages }));
});
beforeAll(() => new Promise<void>((resolve) => sqs.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  sqs.close();
  sqs.closeAllConnections();
});

let local: Local | undefined;
const lines: string[] = [];
beforeEach(() => {
  waiting = [];
  deleted = [];
  requests = [];
  lines.length = 0;
});
afterEach(() => local?.close());

const ALLOWED = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
const emulatorUrl = () => `http://127.0.0.1:${(sqs.address() as AddressInfo).port}`;

function start({ actions = ALLOWED, mapping = {}, emulator = true } = {}) {
  const json = restStack([{ method: "GET", path: "/one", function: "one" }]);
  Object.assign(json.resource, {
    aws_sqs_queue: { jobs: { name: "jobs" } },
    aws_iam_role_policy: {
      one: {
        role: ref("aws_iam_role.role.id"),
        policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: QUEUE }] }),
      },
    },
    aws_lambda_event_source_mapping: {
      consumer: {
        event_source_arn: ref("aws_sqs_queue.jobs.arn"),
        function_name: ref("aws_lambda_function.one.arn"),
        function_response_types: ["ReportBatchItemFailures"],
        ...mapping,
      },
    },
  });
  return startLocal({
    folder: writeStack(json, { one: HANDLER }),
    port: 0,
    cognitoPort: 0,
    now: Date.now,
    log: (line) => lines.push(line),
    deliver: () => {},
    emulatorUrl: emulator ? emulatorUrl() : undefined,
  });
}

async function line(expected: string | RegExp): Promise<string> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const found = lines.find((one) => (typeof expected === "string" ? one === expected : expected.test(one)));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`no line ${expected} in\n${lines.join("\n")}`);
}

test("invokes the function with what is in the queue, and deletes what it processed", async () => {
  waiting = [["good", "fail", "fine"]];
  local = await start();
  await line("sqs  jobs -> one: 2 processed, 1 failed");
  expect(deleted).toEqual(["handle of good", "handle of fine"]);
  expect(await line(/got /)).toContain(`["m0","good","aws:sqs","${QUEUE}","mail"]`);
  expect(requests[0]).toEqual({ target: "AmazonSQS.ReceiveMessage", QueueUrl: `${emulatorUrl()}/${ACCOUNT}/jobs` });
  expect(local.consumers()).toEqual(["aws_lambda_event_source_mapping.consumer"]);
});

test("deletes nothing of a batch on which the function throws", async () => {
  waiting = [["good", "throw"]];
  local = await start();
  await line("sqs  jobs -> one: 0 processed, 2 failed");
  expect(deleted).toEqual([]);
});

test("without ReportBatchItemFailures a batch that does not throw is processed", async () => {
  waiting = [["good", "fail"]];
  local = await start({ mapping: { function_response_types: [] } });
  await line("sqs  jobs -> one: 2 processed");
  expect(deleted).toEqual(["handle of good", "handle of fail"]);
});

test.each(ALLOWED)("does not run if the function's role lacks %s", async (action) => {
  local = await start({ actions: ALLOWED.filter((one) => one !== action) });
  expect(await line(/^sqs {2}aws_lambda_event_source_mapping.consumer does not run/)).toContain(
    `is not authorized to perform: ${action} on resource: ${QUEUE}`,
  );
  expect([local.consumers(), requests]).toEqual([[], []]);
});

test.each([
  ["that is disabled", { mapping: { enabled: false } }],
  ["of a stream", { mapping: { event_source_arn: `arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/x` } }],
  ["without an emulator", { emulator: false }],
])("leaves out a mapping %s", async (_, options) => {
  local = await start(options);
  expect([local.consumers(), requests]).toEqual([[], []]);
});

test("stops with the local API", async () => {
  local = await start();
  await local.close();
  local = undefined;
  const before = requests.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(requests.length).toBeLessThanOrEqual(before + 1);
});

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

/** One per test: a request of a closed API must not take the messages of the next test. */
async function createQueue() {
  const queue = {
    waiting: [] as string[][],
    deleted: [] as string[],
    requests: [] as { target: string; QueueUrl: string }[],
  };
  const server = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    const input = JSON.parse(body);
    const target = String(req.headers["x-amz-target"]);
    queue.requests.push({ target, QueueUrl: input.QueueUrl });
    if (target === "AmazonSQS.DeleteMessageBatch") {
      queue.deleted.push(...input.Entries.map(({ ReceiptHandle }: { ReceiptHandle: string }) => ReceiptHandle));
    }
    const received = target === "AmazonSQS.ReceiveMessage" ? (queue.waiting.shift() ?? []) : [];
    const Messages = received.map((Body, at) => ({
      MessageId: `m${at}`,
      ReceiptHandle: `handle of ${Body}`,
      Body,
      MD5OfBody: "x",
      MessageAttributes: { kind: { DataType: "String", StringValue: "mail" } },
    }));
    res.writeHead(200, { "Content-Type": "application/x-amz-json-1.0" }).end(JSON.stringify({ Messages }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { ...queue, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

let queue: Awaited<ReturnType<typeof createQueue>>;
let local: Local | undefined;
const lines: string[] = [];
beforeEach(async () => {
  queue = await createQueue();
  lines.length = 0;
});
afterEach(async () => {
  await local?.close();
  local = undefined;
  queue.close();
});

const ALLOWED = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

function folderOf({ actions = ALLOWED, mapping = {} } = {}): string {
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
  return writeStack(json, { one: HANDLER });
}

const start = ({ actions = ALLOWED, mapping = {}, emulator = true } = {}) =>
  startLocal({
    folder: folderOf({ actions, mapping }),
    port: 0,
    cognitoPort: 0,
    now: Date.now,
    log: (line) => lines.push(line),
    deliver: () => {},
    emulatorUrl: emulator ? queue.url : undefined,
  });

async function line(expected: string | RegExp): Promise<string> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const found = lines.find((one) => (typeof expected === "string" ? one === expected : expected.test(one)));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`no line ${expected} in\n${lines.join("\n")}`);
}

test("invokes the function with what is in the queue, and deletes what it processed", async () => {
  queue.waiting.push(...[["good", "fail", "fine"]]);
  local = await start();
  await line("sqs  jobs -> one: 2 processed, 1 failed");
  expect(queue.deleted).toEqual(["handle of good", "handle of fine"]);
  expect(await line(/got /)).toContain(`["m0","good","aws:sqs","${QUEUE}","mail"]`);
  expect(queue.requests[0]).toEqual({ target: "AmazonSQS.ReceiveMessage", QueueUrl: `${queue.url}/${ACCOUNT}/jobs` });
  expect(local.consumers()).toEqual(["aws_lambda_event_source_mapping.consumer"]);
});

test("deletes nothing of a batch on which the function throws", async () => {
  queue.waiting.push(...[["good", "throw"]]);
  local = await start();
  await line("sqs  jobs -> one: 0 processed, 2 failed");
  expect(queue.deleted).toEqual([]);
});

test("without ReportBatchItemFailures a batch that does not throw is processed", async () => {
  queue.waiting.push(...[["good", "fail"]]);
  local = await start({ mapping: { function_response_types: [] } });
  await line("sqs  jobs -> one: 2 processed");
  expect(queue.deleted).toEqual(["handle of good", "handle of fail"]);
});

test.each(ALLOWED)("does not run if the function's role lacks %s", async (action) => {
  local = await start({ actions: ALLOWED.filter((one) => one !== action) });
  expect(await line(/^sqs {2}aws_lambda_event_source_mapping.consumer does not run/)).toContain(
    `is not authorized to perform: ${action} on resource: ${QUEUE}`,
  );
  expect([local.consumers(), queue.requests]).toEqual([[], []]);
});

test.each([
  ["that is disabled", { mapping: { enabled: false } }],
  ["of a stream", { mapping: { event_source_arn: `arn:aws:kinesis:eu-west-1:${ACCOUNT}:stream/x` } }],
  ["without an emulator", { emulator: false }],
])("leaves out a mapping %s", async (_, options) => {
  local = await start(options);
  expect([local.consumers(), queue.requests]).toEqual([[], []]);
});

test("a reload keeps the queue's consumer, and ends one that the stack has no more", async () => {
  local = await start();
  local.load(folderOf());
  queue.waiting.push(["good"]);
  await line("sqs  jobs -> one: 1 processed");
  expect(lines.filter((one) => one.startsWith("sqs"))).toHaveLength(1);
  local.load(folderOf({ mapping: { enabled: false } }));
  expect(local.consumers()).toEqual([]);
});

test("stops with the local API", async () => {
  local = await start();
  await local.close();
  local = undefined;
  const before = queue.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(queue.requests.length).toBeLessThanOrEqual(before + 1);
});

import { type ConsumerProps, Queue, type QueueProps } from "../../../constructs/resources/queue";
import { Topic } from "../../../constructs/resources/topic";
import { only, resources, synthScope } from "../../support/synth";
import { granted, reference, synthWith, testFunction, variables } from "./support";

const synthQueue = (changes: Partial<QueueProps> = {}) =>
  synthScope((stack) => new Queue(stack, "jobs", { name: "dev-jobs", ...changes }));
const queue = (json = synthQueue()) => resources(json, "aws_sqs_queue").find(({ name }) => name === "dev-jobs");
const consumed = (timeoutSeconds: number, props: ConsumerProps = {}, changes: Partial<QueueProps> = {}) =>
  synthScope((stack) =>
    new Queue(stack, "jobs", { name: "dev-jobs", ...changes }).addConsumer(
      testFunction(stack, "fn", timeoutSeconds),
      props,
    ),
  );

test("a queue is encrypted, protected, and has a dead-letter queue that keeps messages for two weeks", () => {
  const json = synthQueue();
  const [deadLetters = ""] = Object.keys(json.resource.aws_sqs_queue ?? {}).filter((name) => name.includes("dead"));
  expect(queue(json)).toEqual({
    name: "dev-jobs",
    visibility_timeout_seconds: 30,
    message_retention_seconds: 345_600,
    sqs_managed_sse_enabled: true,
    redrive_policy: `{"deadLetterTargetArn":"\${aws_sqs_queue.${deadLetters}.arn}","maxReceiveCount":5}`,
    lifecycle: { prevent_destroy: true },
  });
  expect(resources(json, "aws_sqs_queue")).toContainEqual({
    name: "dev-jobs-dead-letters",
    message_retention_seconds: 1_209_600,
    sqs_managed_sse_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

test("both queues are reached by TLS only", () => {
  const policies = resources(synthQueue(), "aws_sqs_queue_policy").map(({ policy }) => JSON.parse(String(policy)));
  expect(policies.map(({ Statement }) => Statement)).toEqual([
    [expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })],
    [expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })],
  ]);
});

test("without protection both queues can be deleted", () => {
  const json = synthQueue({ protect: false });
  expect(resources(json, "aws_sqs_queue").map(({ lifecycle }) => lifecycle)).toEqual([undefined, undefined]);
});

test("grantSend allows to send, and gives the URL", () => {
  const json = synthWith((stack, fn) => new Queue(stack, "jobs", { name: "dev-jobs" }).grantSend(fn));
  expect(granted(json)).toEqual([
    { Action: ["sqs:SendMessage"], Resource: expect.stringMatching(/^\$\{aws_sqs_queue\.jobs_queue_\w+\.arn\}$/) },
  ]);
  expect(variables(json)).toEqual({
    JOBS_QUEUE_URL: expect.stringMatching(/^\$\{aws_sqs_queue\.jobs_queue_\w+\.url\}$/),
  });
});

test("a consumer may receive and delete, and says which messages of a batch failed", () => {
  const json = consumed(10);
  expect(granted(json).map(({ Action }) => Action)).toEqual([
    ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
  ]);
  expect(only(json, "aws_lambda_event_source_mapping")).toEqual({
    event_source_arn: granted(json)[0]?.Resource,
    function_name: reference(json, "aws_lambda_function", "arn"),
    batch_size: 10,
    function_response_types: ["ReportBatchItemFailures"],
  });
});

test("messages stay hidden for six times the consumer's time-out", () => {
  expect(queue(consumed(100))?.visibility_timeout_seconds).toBe(600);
  expect(queue(consumed(100, {}, { visibilityTimeoutSeconds: 700 }))?.visibility_timeout_seconds).toBe(700);
  expect(() => consumed(100, {}, { visibilityTimeoutSeconds: 599 })).toThrow(
    "visibilityTimeoutSeconds of dev-jobs must be at least 600, six times its consumer's time-out, got 599",
  );
});

test("a consumer takes larger batches, a window and a limit of instances", () => {
  const json = consumed(10, { batchSize: 100, batchWindowSeconds: 5, maxConcurrency: 2 });
  expect(only(json, "aws_lambda_event_source_mapping")).toMatchObject({
    batch_size: 100,
    maximum_batching_window_in_seconds: 5,
    scaling_config: { maximum_concurrency: 2 },
  });
});

test("a topic's messages reach a queue as they were published, by that topic only", () => {
  const json = synthScope((stack) => {
    const topic = new Topic(stack, "news", { name: "dev-news" });
    topic.subscribeQueue(new Queue(stack, "jobs", { name: "dev-jobs" }));
  });
  const arn = reference(json, "aws_sns_topic", "arn");
  expect(only(json, "aws_sns_topic_subscription")).toMatchObject({
    topic_arn: arn,
    protocol: "sqs",
    raw_message_delivery: true,
  });
  expect(
    resources(json, "aws_sqs_queue_policy").flatMap(({ policy }) => JSON.parse(String(policy)).Statement),
  ).toContainEqual({
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: expect.stringContaining("aws_sqs_queue.jobs_queue_"),
    Condition: { ArnEquals: { "aws:SourceArn": arn } },
  });
});

test.each<[Partial<QueueProps>, string]>([
  [{ name: "jobs.fifo" }, 'name must be 1 to 63 letters, digits, "_" or "-", got "jobs.fifo"'],
  [{ visibilityTimeoutSeconds: 43_201 }, "visibilityTimeoutSeconds must be a whole number from 0 to 43200, got 43201"],
  [{ retentionDays: 15 }, "retentionDays must be a whole number from 1 to 14, got 15"],
  [{ maxReceiveCount: 0 }, "maxReceiveCount must be a whole number from 1 to 1000, got 0"],
])("rejects %j", (changes, message) => {
  expect(() => synthQueue(changes)).toThrow(message);
});

test.each<[ConsumerProps, string]>([
  [{ batchSize: 11 }, "batchWindowSeconds must be a whole number from 1 to 300, got 0"],
  [{ batchSize: 0 }, "batchSize must be a whole number from 1 to 10000, got 0"],
  [{ maxConcurrency: 1 }, "maxConcurrency must be a whole number from 2 to 1000, got 1"],
])("rejects a consumer with %j", (props, message) => {
  expect(() => consumed(10, props)).toThrow(message);
});

describe("a FIFO queue", () => {
  const fifo = { fifo: true };

  test("keeps the order, drops repeated messages, and has a FIFO dead-letter queue", () => {
    const queues = resources(synthQueue(fifo), "aws_sqs_queue");
    const order = { fifo_queue: true, content_based_deduplication: true };
    expect(queues).toContainEqual(expect.objectContaining({ name: "dev-jobs.fifo", ...order }));
    expect(queues).toContainEqual(expect.objectContaining({ name: "dev-jobs-dead-letters.fifo", ...order }));
  });

  test("rejects a name whose dead-letter queue would be too long", () => {
    const name = "x".repeat(63);
    expect(() => synthQueue({ name })).not.toThrow();
    expect(() => synthQueue({ ...fifo, name })).toThrow("name must be 1 to 62 letters");
  });

  test.each<[ConsumerProps, string]>([
    [{ batchSize: 11 }, "batchSize must be a whole number from 1 to 10, got 11"],
    [{ batchWindowSeconds: 1 }, "batchWindowSeconds must be a whole number from 0 to 0, got 1"],
  ])("rejects a consumer with %j", (props, message) => {
    expect(() => consumed(10, props, fifo)).toThrow(message);
  });

  test("cannot receive messages of a topic, or failures of a function", () => {
    synthWith((stack, fn) => {
      const queue = new Queue(stack, "jobs", { name: "dev-jobs", fifo: true });
      const topic = new Topic(stack, "news", { name: "dev-news" });
      expect(() => topic.subscribeQueue(queue)).toThrow(
        "queue dev-jobs must not be FIFO to receive messages of a topic",
      );
      expect(() => queue.addFailuresOf(fn)).toThrow("must not be FIFO to receive the failures of a function");
    });
  });
});

test("addFailuresOf sends what a function failed on to the queue", () => {
  const json = synthWith((stack, fn) => new Queue(stack, "jobs", { name: "dev-jobs" }).addFailuresOf(fn));
  const arn = expect.stringMatching(/^\$\{aws_sqs_queue\.jobs_queue_\w+\.arn\}$/);
  expect(granted(json)).toEqual([{ Action: ["sqs:SendMessage"], Resource: arn }]);
  expect(only(json, "aws_lambda_function_event_invoke_config")).toEqual({
    function_name: reference(json, "aws_lambda_function", "function_name"),
    destination_config: { on_failure: { destination: arn } },
  });
});

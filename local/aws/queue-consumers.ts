/** Consumers of queues that are in an emulator: receives, invokes and deletes as Lambda's event source mapping does. */
import { setTimeout as pause } from "node:timers/promises";
import type { Functions } from "../lambda/functions";
import { type JsonObject, nested } from "../terraform/json";
import type { Block, SynthesizedStack } from "../terraform/read-stack";
import type { Iam } from "./iam";
import { type QueueMessage, sqsEvent } from "./sqs-event";

export interface QueueConsumers {
  /** Addresses of the event source mappings that run. */
  readonly addresses: readonly string[];
  /** Stops receiving; messages that were received are still processed. */
  close(): void;
}

interface Consumer {
  readonly address: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** Whether the function says which messages failed. */
  readonly reportsItems: boolean;
}

interface Options {
  readonly stack: SynthesizedStack;
  readonly iam: Iam;
  readonly functions: Functions;
  /** Origin of the emulator. */
  readonly emulatorUrl: string;
  log(line: string): void;
}

/** A receive request lasts this long while the queue is empty. */
const WAIT_SECONDS = 5;
/** Before the next attempt: the emulator may not run yet, or lack the queue. */
const RETRY_MS = 2_000;
/** SQS returns no more at once. */
const MAX_MESSAGES = 10;

export function startQueueConsumers(options: Options): QueueConsumers {
  const stop = new AbortController();
  const consumers = options.stack
    .resources("aws_lambda_event_source_mapping")
    .flatMap((block) => consumerOf(options, block) ?? []);
  for (const consumer of consumers) void run(options, consumer, stop.signal);
  return { addresses: consumers.map(({ address }) => address), close: () => stop.abort() };
}

/** @returns undefined for a source that is no queue of the stack, and where the function's role may not receive */
function consumerOf({ stack, iam, functions, log }: Options, { address, values }: Block): Consumer | undefined {
  const queueArn = readable(() => values.event_source_arn);
  const target = readable(() => values.function_name);
  if (!queueArn?.includes(":sqs:") || target === undefined || !functions.has(target) || values.enabled === false)
    return undefined;
  const fn = stack
    .resources("aws_lambda_function")
    .find((block) => [block.values.arn, block.values.function_name].includes(target));
  const role = fn && iam.principal(iam.roleCredentials(String(fn.values.role)).accessKeyId);
  for (const action of ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]) {
    const denial = role?.denial(action, queueArn);
    if (denial !== undefined) {
      log(`sqs  ${address} does not run: ${denial}`);
      return undefined;
    }
  }
  return {
    address,
    queueArn,
    functionName: String(fn?.values.function_name),
    batchSize: Math.min(Number(values.batch_size ?? MAX_MESSAGES), MAX_MESSAGES),
    reportsItems: [values.function_response_types].flat().includes("ReportBatchItemFailures"),
  };
}

/** A value that the local API does not know is no reason to stop the start: the mapping just does not run. */
function readable(read: () => unknown): string | undefined {
  try {
    return String(read());
  } catch {
    return undefined;
  }
}

async function run(options: Options, consumer: Consumer, stopped: AbortSignal): Promise<void> {
  const { queueArn, batchSize } = consumer;
  const [, , , region = "", account = "", name = ""] = queueArn.split(":");
  const QueueUrl = `${options.emulatorUrl}/${account}/${name}`;
  const call = (operation: string, input: object, signal?: AbortSignal) =>
    callSqs(options.emulatorUrl, region, operation, { QueueUrl, ...input }, signal);
  while (!stopped.aborted) {
    try {
      const received = await call(
        "ReceiveMessage",
        {
          MaxNumberOfMessages: batchSize,
          WaitTimeSeconds: WAIT_SECONDS,
          AttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        },
        stopped,
      );
      const messages = (received.Messages ?? []) as readonly QueueMessage[];
      if (messages.length > 0) await consume(options, consumer, messages, call);
      else await pause(100, undefined, { signal: stopped }); // an emulator may respond at once
    } catch {
      await pause(RETRY_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}

type CallQueue = (operation: string, input: object) => Promise<JsonObject>;

async function consume(
  { functions, log }: Options,
  { queueArn, functionName, reportsItems }: Consumer,
  messages: readonly QueueMessage[],
  call: CallQueue,
): Promise<void> {
  const result = await functions.invoke(functionName, JSON.stringify(sqsEvent(messages, queueArn)));
  const failed =
    "error" in result ? messages.map(({ MessageId }) => MessageId) : reportsItems ? failures(result.payload) : [];
  const done = messages.filter(({ MessageId }) => !failed.includes(MessageId));
  const Entries = done.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
  if (Entries.length > 0) await call("DeleteMessageBatch", { Entries });
  const left = messages.length - done.length;
  log(
    `sqs  ${queueArn.split(":").at(-1)} -> ${functionName}: ${done.length} processed${left > 0 ? `, ${left} failed` : ""}`,
  );
}

function failures(payload: string): string[] {
  const items = nested(JSON.parse(payload))?.batchItemFailures;
  return Array.isArray(items) ? items.map((item) => String(nested(item)?.itemIdentifier)) : [];
}

async function callSqs(
  origin: string,
  region: string,
  operation: string,
  input: object,
  signal?: AbortSignal,
): Promise<JsonObject> {
  const scope = `AKIADEVELOPER/20260101/${region}/sqs/aws4_request`;
  const response = await fetch(origin, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `AmazonSQS.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
    },
    body: JSON.stringify(input),
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Error(`${operation} ${response.status}`);
  return (await response.json()) as JsonObject;
}

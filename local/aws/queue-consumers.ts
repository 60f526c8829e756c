/** Consumers of queues that are in an emulator: receives, invokes and deletes as Lambda's event source mapping does. */
import { setTimeout as pause } from "node:timers/promises";
import type { Functions } from "../lambda/functions";
import { type JsonObject, nested } from "../terraform/json";
import type { Block, SynthesizedStack } from "../terraform/read-stack";
import type { Iam } from "./iam";
import { type QueueMessage, sqsEvent } from "./sqs-event";

export interface QueueConsumers {
  /** Runs the consumers of this stack, instead of those of the previous one. */
  apply(served: Served): void;
  /** Addresses of the event source mappings that run. */
  addresses(): string[];
  close(): void;
}

interface Served {
  readonly stack: SynthesizedStack;
  readonly iam: Iam;
  readonly functions: Functions;
}

interface Consumer {
  readonly address: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** Whether the function says which messages failed. */
  readonly reportsItems: boolean;
}

interface Active {
  readonly consumer: Consumer;
  readonly functions: Functions;
}

/** A receive request lasts this long while the queue is empty. */
const WAIT_SECONDS = 5;
/** Before the next attempt: the emulator may not run yet, or lack the queue. */
const RETRY_MS = 2_000;
/** SQS returns no more at once. */
const MAX_MESSAGES = 10;

/** @param emulatorUrl its origin; without one nothing runs */
export function createQueueConsumers(emulatorUrl: string | undefined, log: (line: string) => void): QueueConsumers {
  const stop = new AbortController();
  const active = new Map<string, Active>();
  const polled = new Set<string>();
  /** Over reloads: a receive request that is cut off would keep the messages that it gets hidden. */
  const poll = async (origin: string, { queueArn, batchSize }: Consumer, key: string) => {
    polled.add(key);
    const queue = queueOf(origin, queueArn);
    while (active.has(key) && !stop.signal.aborted) {
      try {
        const messages = await queue.receive(batchSize, stop.signal);
        const now = active.get(key);
        if (now && messages.length > 0) await consume(now, messages, queue, log);
        else await pause(100, undefined, { signal: stop.signal }); // an emulator may respond at once
      } catch {
        await pause(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
    polled.delete(key);
  };
  return {
    apply(served) {
      if (emulatorUrl === undefined) return;
      active.clear();
      for (const block of served.stack.resources("aws_lambda_event_source_mapping")) {
        const consumer = consumerOf(served, block, log);
        if (!consumer) continue;
        const key = `${consumer.queueArn} ${consumer.functionName}`;
        active.set(key, { consumer, functions: served.functions });
        if (!polled.has(key)) void poll(emulatorUrl, consumer, key);
      }
    },
    addresses: () => [...active.values()].map(({ consumer }) => consumer.address),
    close: () => stop.abort(),
  };
}

/** @returns undefined for a source that is no queue of the stack, and where the function's role may not receive */
function consumerOf(
  { stack, iam, functions }: Served,
  { address, values }: Block,
  log: (line: string) => void,
): Consumer | undefined {
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

interface Queue {
  readonly name: string;
  receive(count: number, stopped: AbortSignal): Promise<readonly QueueMessage[]>;
  remove(messages: readonly QueueMessage[]): Promise<void>;
}

function queueOf(origin: string, queueArn: string): Queue {
  const [, , , region = "", account = "", name = ""] = queueArn.split(":");
  const call = (operation: string, input: object, signal?: AbortSignal) =>
    callSqs(origin, region, operation, { QueueUrl: `${origin}/${account}/${name}`, ...input }, signal);
  return {
    name,
    async receive(MaxNumberOfMessages, stopped) {
      const attributes = { AttributeNames: ["All"], MessageAttributeNames: ["All"] };
      const input = { MaxNumberOfMessages, WaitTimeSeconds: WAIT_SECONDS, ...attributes };
      const { Messages } = await call("ReceiveMessage", input, stopped);
      return (Messages ?? []) as readonly QueueMessage[];
    },
    async remove(messages) {
      const Entries = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      if (Entries.length > 0) await call("DeleteMessageBatch", { Entries });
    },
  };
}

async function consume(
  { consumer: { queueArn, functionName, reportsItems }, functions }: Active,
  messages: readonly QueueMessage[],
  queue: Queue,
  log: (line: string) => void,
): Promise<void> {
  const result = await functions.invoke(functionName, JSON.stringify(sqsEvent(messages, queueArn)));
  const all = messages.map(({ MessageId }) => MessageId);
  const failed = "error" in result ? all : reportsItems ? failures(result.payload) : [];
  const done = messages.filter(({ MessageId }) => !failed.includes(MessageId));
  await queue.remove(done);
  const left = messages.length - done.length;
  log(`sqs  ${queue.name} -> ${functionName}: ${done.length} processed${left > 0 ? `, ${left} failed` : ""}`);
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

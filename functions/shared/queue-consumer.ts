import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { type GenericSchema, type InferOutput, parse } from "valibot";
import { mask } from "./secrets";

/**
 * Wraps an operation as the handler of a queue's consumer. Messages are JSON, and are processed side by side; those that fail go back to
 * the queue and, in the end, to its dead-letter queue. A message may come twice: the operation must be idempotent.
 * @param schema of a message
 */
export function queueConsumer<const S extends GenericSchema>(
  schema: S,
  operate: (message: InferOutput<S>, record: SQSRecord) => unknown,
): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const outcomes = await Promise.all(
      Records.map(async (record) => {
        try {
          await operate(parse(schema, JSON.parse(record.body)), record);
          return [];
        } catch (error) {
          logFailure(record, error);
          return [{ itemIdentifier: record.messageId }];
        }
      }),
    );
    return { batchItemFailures: outcomes.flat() };
  };
}

/** What the error's message quotes from the queue's message is masked: it may hold a secret. */
function logFailure({ messageId, body, attributes }: SQSRecord, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const received = Number(attributes?.ApproximateReceiveCount ?? 1);
  console.error({ message: "queue message failed", messageId, received, error: name, reason: mask(message, [body]) });
}

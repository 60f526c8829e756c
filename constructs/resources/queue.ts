/** An SQS queue with its dead-letter queue, encrypted, over TLS only. */
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Lazy, Token } from "cdktf";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { tlsOnly } from "../policy";
import { preventDestroy } from "../protection";
import { checkName, checkWhole, variableName } from "./checks";

export interface QueueProps {
  /** Name in AWS, unique in account and region: 1 to 63 letters, digits, "_" or "-", 62 with `fifo`. Changing it replaces the queue, with its messages. */
  readonly name: string;
  /**
   * Whether messages of one `MessageGroupId` are received in the order in which they were sent, and a message with the same body is
   * dropped within five minutes. Senders must name a group. The name in AWS ends with `.fifo`; changing it replaces the queue.
   * @default false
   */
  readonly fifo?: boolean;
  /**
   * Seconds that a received message is hidden from other receivers, 0 to 43200. With a consumer at least six times its time-out, so
   * that Lambda can retry when it is throttled: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   * @default - six times the consumer's time-out, 30 without one
   */
  readonly visibilityTimeoutSeconds?: number;
  /**
   * Days that a message waits, 1 to 14. In the dead-letter queue it stays 14 days, counted from when it was first sent.
   * @default 4
   */
  readonly retentionDays?: number;
  /**
   * How often a message is received before it goes to the dead-letter queue, 1 to 1000. Fewer than 5 may send messages there that
   * Lambda could not process only because it was throttled.
   * @default 5
   */
  readonly maxReceiveCount?: number;
  /**
   * Whether Terraform refuses to delete the queues (`prevent_destroy`), with the messages in them.
   * @default true
   */
  readonly protect?: boolean;
}

export interface ConsumerProps {
  /**
   * Messages per event, 1 to 10000, of a FIFO queue at most 10; above 10, `batchWindowSeconds` must be at least 1.
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * Seconds that Lambda waits for a batch to fill, 0 to 300; not with a FIFO queue.
   * @default 0
   */
  readonly batchWindowSeconds?: number;
  /**
   * Instances of the function that work on the queue at once, 2 to 1000.
   * @default - as many as the account's concurrency allows
   */
  readonly maxConcurrency?: number;
}

/** Longest retention of SQS. */
const MAX_RETENTION_DAYS = 14;
const DAY_SECONDS = 24 * 60 * 60;

export class Queue extends Construct {
  readonly queueName: string;
  readonly arn: string;
  readonly url: string;
  /** Where messages go that could not be processed `maxReceiveCount` times. */
  readonly deadLetterQueueArn: string;
  readonly deadLetterQueueName: string;
  /** Variable that holds the queue's URL in a function that was granted something: `JOBS_QUEUE_URL` for the id `jobs`. */
  readonly environmentVariable: string;
  readonly fifo: boolean;
  private readonly name: string;
  private readonly ownVisibilitySeconds: number | undefined;
  private readonly senders: object[] = [];
  private visibilitySeconds: number;

  /** @throws Error on a name that AWS rejects, and on numbers out of bounds */
  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const {
      name,
      visibilityTimeoutSeconds,
      retentionDays = 4,
      maxReceiveCount = 5,
      protect = true,
      fifo = false,
    } = props;
    const longest = fifo ? 62 : 63; // of 80, without what the dead-letter queue adds
    checkName("name", name, new RegExp(`^[\\w-]{1,${longest}}$`), `1 to ${longest} letters, digits, "_" or "-"`);
    checkWhole("visibilityTimeoutSeconds", visibilityTimeoutSeconds, 0, 43_200);
    checkWhole("retentionDays", retentionDays, 1, MAX_RETENTION_DAYS);
    checkWhole("maxReceiveCount", maxReceiveCount, 1, 1000);
    this.name = name;
    this.fifo = fifo;
    const order = fifo ? { fifoQueue: true, contentBasedDeduplication: true } : {};
    const suffix = fifo ? ".fifo" : "";
    this.ownVisibilitySeconds = visibilityTimeoutSeconds;
    this.visibilitySeconds = visibilityTimeoutSeconds ?? 30;

    const deadLetters = new SqsQueue(this, "dead-letters", {
      name: `${name}-dead-letters${suffix}`,
      ...order,
      messageRetentionSeconds: MAX_RETENTION_DAYS * DAY_SECONDS,
      sqsManagedSseEnabled: true,
      ...preventDestroy(protect),
    });
    const queue = new SqsQueue(this, "queue", {
      name: `${name}${suffix}`,
      ...order,
      visibilityTimeoutSeconds: Token.asNumber(Lazy.numberValue({ produce: () => this.visibilitySeconds })),
      messageRetentionSeconds: retentionDays * DAY_SECONDS,
      sqsManagedSseEnabled: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }),
      ...preventDestroy(protect),
    });
    new SqsQueuePolicy(this, "policy", {
      queueUrl: queue.url,
      policy: Lazy.stringValue({ produce: () => tlsOnly("sqs:*", queue.arn, ...this.senders) }),
    });
    new SqsQueuePolicy(this, "dead-letters-policy", {
      queueUrl: deadLetters.url,
      policy: tlsOnly("sqs:*", deadLetters.arn),
    });
    this.queueName = queue.name;
    this.arn = queue.arn;
    this.url = queue.url;
    this.deadLetterQueueArn = deadLetters.arn;
    this.deadLetterQueueName = deadLetters.name;
    this.environmentVariable = variableName(id, "QUEUE_URL");
  }

  /** Lets a function send messages, and gives it the queue's URL in `environmentVariable`. */
  grantSend(fn: NodeFunction): void {
    fn.allow({ actions: ["sqs:SendMessage"], resource: this.arn }); // of a batch, too
    fn.addEnvironment(this.environmentVariable, this.url);
  }

  /**
   * Receives the event of each asynchronous invocation (by a schedule, a topic) that failed for the third time, with the error. Lambda
   * has one such destination per function.
   * @throws Error on a FIFO queue, which Lambda does not send to
   */
  addFailuresOf(fn: NodeFunction): void {
    this.checkStandard("receive the failures of a function");
    fn.allow({ actions: ["sqs:SendMessage"], resource: this.arn });
    new LambdaFunctionEventInvokeConfig(fn, "failures", {
      functionName: fn.functionName,
      destinationConfig: { onFailure: { destination: this.arn } },
    });
  }

  /** @throws Error on a FIFO queue. @param purpose "receive messages of a topic" */
  checkStandard(purpose: string): void {
    if (this.fifo) throw new Error(`queue ${this.name} must not be FIFO to ${purpose}`);
  }

  /** Lets an AWS service send messages in the name of one resource, such as a topic. @param service `sns.amazonaws.com` */
  allowService(service: string, sourceArn: string): void {
    this.senders.push({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sqs:SendMessage",
      Resource: this.arn,
      Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
    });
  }

  /**
   * Invokes a function with the queue's messages. It returns which of them failed (`batchItemFailures`), the others are deleted:
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
   * @throws Error when the visibility time-out is less than six times the function's time-out, and on numbers out of bounds
   */
  addConsumer(fn: NodeFunction, { batchSize = 10, batchWindowSeconds = 0, maxConcurrency }: ConsumerProps = {}): void {
    const needed = 6 * fn.timeoutSeconds;
    if (this.ownVisibilitySeconds !== undefined && this.ownVisibilitySeconds < needed) {
      throw new Error(
        `visibilityTimeoutSeconds of ${this.name} must be at least ${needed}, six times its consumer's time-out, got ${this.ownVisibilitySeconds}`,
      );
    }
    this.visibilitySeconds = Math.max(this.ownVisibilitySeconds ?? 0, needed);
    checkWhole("batchSize", batchSize, 1, this.fifo ? 10 : 10_000);
    checkWhole("batchWindowSeconds", batchWindowSeconds, batchSize > 10 ? 1 : 0, this.fifo ? 0 : 300);
    checkWhole("maxConcurrency", maxConcurrency, 2, 1000);
    fn.allow({ actions: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], resource: this.arn });
    new LambdaEventSourceMapping(this, "consumer", {
      eventSourceArn: this.arn,
      functionName: fn.arn,
      batchSize,
      ...(batchWindowSeconds > 0 && { maximumBatchingWindowInSeconds: batchWindowSeconds }),
      functionResponseTypes: ["ReportBatchItemFailures"],
      ...(maxConcurrency !== undefined && { scalingConfig: { maximumConcurrency: maxConcurrency } }),
    });
  }
}

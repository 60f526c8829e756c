/** An SNS topic, encrypted, over TLS only. */
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { tlsOnly } from "../policy";
import { checkName, variableName } from "./checks";
import type { Queue } from "./queue";

export interface TopicProps {
  /** Name in AWS, unique in account and region: 1 to 256 letters, digits, "_" or "-". Changing it replaces the topic and its subscriptions. */
  readonly name: string;
  /**
   * Key that encrypts messages at rest: a key's id, ARN or alias. Services such as CloudWatch alarms can publish only with a key
   * whose policy allows them.
   * @default "alias/aws/sns", SNS's own key
   */
  readonly kmsKey?: string;
}

export class Topic extends Construct {
  readonly topicName: string;
  readonly arn: string;
  /** Variable that holds the topic's ARN in a function that was granted something: `ALERTS_TOPIC_ARN` for the id `alerts`. */
  readonly environmentVariable: string;
  private readonly publishers: object[] = [];

  /** @throws Error on a name that AWS rejects */
  constructor(scope: Construct, id: string, { name, kmsKey = "alias/aws/sns" }: TopicProps) {
    super(scope, id);
    checkName("name", name, /^[\w-]{1,256}$/, '1 to 256 letters, digits, "_" or "-"');
    const topic = new SnsTopic(this, "topic", { name, kmsMasterKeyId: kmsKey });
    new SnsTopicPolicy(this, "policy", {
      arn: topic.arn,
      policy: Lazy.stringValue({ produce: () => tlsOnly("sns:Publish", topic.arn, ...this.publishers) }),
    });
    this.topicName = topic.name;
    this.arn = topic.arn;
    this.environmentVariable = variableName(id, "TOPIC_ARN");
  }

  /** Lets a function publish messages, and gives it the topic's ARN in `environmentVariable`. */
  grantPublish(fn: NodeFunction): void {
    fn.allow({ actions: ["sns:Publish"], resource: this.arn });
    fn.addEnvironment(this.environmentVariable, this.arn);
  }

  /** Lets an AWS service publish. @param condition which of its resources: `{ ArnLike: { "aws:SourceArn": ... } }` */
  allowService(service: string, condition: object): void {
    this.publishers.push({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sns:Publish",
      Resource: this.arn,
      Condition: condition,
    });
  }

  /** Invokes a function with each message. */
  subscribeFunction(fn: NodeFunction): void {
    const scope = new Construct(this, fn.node.id);
    const permission = new LambdaPermission(scope, "permission", {
      ...fn.invocable,
      action: "lambda:InvokeFunction",
      principal: "sns.amazonaws.com",
      sourceArn: this.arn,
    });
    new SnsTopicSubscription(scope, "subscription", {
      topicArn: this.arn,
      protocol: "lambda",
      endpoint: fn.arn,
      dependsOn: [permission],
    });
  }

  /**
   * Sends each message to a queue, as it was published: without SNS's envelope.
   * @throws Error on a FIFO queue, which takes messages of FIFO topics only
   */
  subscribeQueue(queue: Queue): void {
    queue.checkStandard("receive messages of a topic");
    queue.allowService("sns.amazonaws.com", this.arn);
    new SnsTopicSubscription(new Construct(this, queue.node.id), "subscription", {
      topicArn: this.arn,
      protocol: "sqs",
      endpoint: queue.arn,
      rawMessageDelivery: true,
    });
  }

  /** Sends each message to an address, once its owner has followed the link that SNS mails. @param id of the construct */
  subscribeEmail(id: string, address: string): void {
    new SnsTopicSubscription(new Construct(this, id), "subscription", {
      topicArn: this.arn,
      protocol: "email",
      endpoint: address,
    });
  }
}

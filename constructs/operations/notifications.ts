/** The encrypted topic that alarms are published to, and its subscriber. */
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { accountId, partition } from "../resources/account";
import { Topic } from "../resources/topic";

export interface NotificationsProps {
  /** Name of the topic, and start of the alarms' names. */
  readonly name: string;
  readonly region: string;
  readonly email: string;
}

export class Notifications extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, { name, region, email }: NotificationsProps) {
    super(scope, id);
    const account = accountId(this);
    const aws = partition(this);
    const ofAlarms = {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:${aws}:cloudwatch:${region}:${account}:alarm:${name}-*` },
    };
    // SNS's own key does not let CloudWatch publish, and its policy cannot be changed:
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    const key = new KmsKey(this, "key", {
      description: `Topic of the alarms of ${name}`,
      enableKeyRotation: true,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: `arn:${aws}:iam::${account}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Sid: "Alarms",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            Condition: ofAlarms,
          },
        ],
      }),
    });
    const topic = new Topic(this, "alarms", { name: `${name}-alarms`, kmsKey: key.arn });
    topic.allowService("cloudwatch.amazonaws.com", ofAlarms);
    topic.subscribeEmail("email", email);
    this.topicArn = topic.arn;
  }
}

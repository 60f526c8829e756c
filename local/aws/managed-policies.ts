/** Usual AWS managed policies of functions, by name: the actions that they allow on every resource. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ["*"],
  AmazonDynamoDBFullAccess: ["dynamodb:*"],
  AmazonDynamoDBReadOnlyAccess: [
    "dynamodb:BatchGet*",
    "dynamodb:Describe*",
    "dynamodb:Get*",
    "dynamodb:List*",
    "dynamodb:Query",
    "dynamodb:Scan",
  ],
  AmazonS3FullAccess: ["s3:*"],
  AmazonS3ReadOnlyAccess: ["s3:Get*", "s3:List*"],
  AmazonSESFullAccess: ["ses:*"],
  AmazonSNSFullAccess: ["sns:*"],
  AmazonSQSFullAccess: ["sqs:*"],
  AmazonSSMReadOnlyAccess: ["ssm:Describe*", "ssm:Get*", "ssm:List*"],
  AmazonEventBridgeFullAccess: ["events:*", "scheduler:*"],
  AWSLambda_FullAccess: ["lambda:*"],
  AWSXRayDaemonWriteAccess: ["xray:Put*", "xray:GetSampling*"],
  SecretsManagerReadWrite: ["secretsmanager:*"],
  AWSLambdaBasicExecutionRole: ["logs:*"],
  AWSLambdaVPCAccessExecutionRole: ["logs:*", "ec2:*NetworkInterface*"],
  AWSLambdaDynamoDBExecutionRole: ["logs:*", "dynamodb:*Stream*", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
  AWSLambdaKinesisExecutionRole: ["logs:*", "kinesis:*"],
  AWSLambdaSQSQueueExecutionRole: ["logs:*", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  CloudWatchLambdaInsightsExecutionRolePolicy: ["logs:*"],
};

/** @returns the policy's document; undefined for a policy that is not known */
export function managedPolicy(arn: string): string | undefined {
  const name = /^arn:aws[\w-]*:iam::aws:policy\/(?:[\w-]+\/)*([\w-]+)$/.exec(arn)?.[1] ?? "";
  const actions = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  return actions && JSON.stringify({ Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
}

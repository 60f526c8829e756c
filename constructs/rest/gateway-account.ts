/** The role with which API Gateway writes logs: one per account and region. */
import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { assumableBy, policyDocument } from "../policy";

export interface GatewayAccountProps {
  /** Prefix of the role's name. */
  readonly name: string;
}

export class GatewayAccount extends Construct {
  /** Must exist before a stage with logs. */
  readonly resource: ApiGatewayAccount;

  constructor(scope: Construct, id: string, props: GatewayAccountProps) {
    super(scope, id);
    const account = new DataAwsCallerIdentity(this, "identity").accountId;
    const partition = new DataAwsPartition(this, "partition").partition;
    const role = new IamRole(this, "role", {
      name: `${props.name}-gateway-logs`,
      assumeRolePolicy: assumableBy("apigateway.amazonaws.com"),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "logs",
      role: role.name,
      // The actions of the managed policy AmazonAPIGatewayPushToCloudWatchLogs, limited to the log groups of this account.
      policy: policyDocument([
        {
          actions: [
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:FilterLogEvents",
            "logs:GetLogEvents",
            "logs:PutLogEvents",
          ],
          resource: `arn:${partition}:logs:*:${account}:log-group:*`,
        },
      ]),
    });
    this.resource = new ApiGatewayAccount(this, "account", { cloudwatchRoleArn: role.arn, dependsOn: [policy] });
  }
}

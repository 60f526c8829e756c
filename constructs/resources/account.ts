import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** Number of the account that is deployed to: one data source for all that ask. */
export const accountId = (scope: Construct): string => one(scope, "account", DataAwsCallerIdentity).accountId;

/** `aws`, `aws-cn` or `aws-us-gov`: the first part of every ARN. */
export const partition = (scope: Construct): string => one(scope, "partition", DataAwsPartition).partition;

function one<T extends Construct>(scope: Construct, id: string, Source: new (scope: Construct, id: string) => T): T {
  const stack = TerraformStack.of(scope);
  return (stack.node.tryFindChild(id) as T | undefined) ?? new Source(stack, id);
}

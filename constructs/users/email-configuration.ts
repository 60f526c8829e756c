import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import type { Construct } from "constructs";
import { addressOf } from "./user-settings";

export interface EmailSender {
  /** An address, or `Name <address>`. */
  readonly from: string;
  /**
   * What SES has verified: the address, or its domain.
   * @default - the address
   */
  readonly identity?: string;
  /** Region of the identity. */
  readonly region: string;
}

/**
 * Mails through SES of the same account. SES must have verified the identity, and must be out of its
 * sandbox to reach addresses that it has not verified.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
 */
export function emailConfiguration(scope: Construct, { from, identity, region }: EmailSender) {
  const { partition } = new DataAwsPartition(scope, "partition", {});
  const { accountId } = new DataAwsCallerIdentity(scope, "account", {});
  return {
    emailSendingAccount: "DEVELOPER",
    fromEmailAddress: from,
    sourceArn: `arn:${partition}:ses:${region}:${accountId}:identity/${identity ?? addressOf(from)}`,
  };
}

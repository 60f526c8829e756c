/**
 * A secret in Secrets Manager without its value, which would stand in Terraform's state: put it once with
 * `aws secretsmanager put-secret-value`.
 */
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { preventDestroy } from "../protection";
import { checkName, checkWhole, variableName } from "./checks";

export interface SecretProps {
  /** Name in AWS, unique in account and region: 1 to 512 letters, digits or "/_+=.@-". Changing it replaces the secret, with its value. */
  readonly name: string;
  /** What the secret opens, for whoever puts the value. */
  readonly description?: string;
  /**
   * Days that a deleted secret can be restored, and its name is taken: 7 to 30, or 0 to delete it at once.
   * @default 30 with `protect`, otherwise 0
   */
  readonly recoveryDays?: number;
  /**
   * Whether Terraform refuses to delete the secret (`prevent_destroy`).
   * @default true
   */
  readonly protect?: boolean;
  /**
   * ARN of a KMS key of your own; a function that may read the secret may use it.
   * @default - Secrets Manager's own key
   */
  readonly kmsKeyArn?: string;
}

export class Secret extends Construct {
  readonly arn: string;
  /** Variable that holds the secret's ARN in a function that was granted something: `STRIPE_SECRET_ARN` for the id `stripe`. */
  readonly environmentVariable: string;
  private readonly kmsKeyArn: string | undefined;

  /** @throws Error on a name that AWS rejects, and on days out of bounds */
  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const { name, description, protect = true, recoveryDays = protect ? 30 : 0, kmsKeyArn } = props;
    checkName("name", name, /^[\w/+=.@-]{1,512}$/, '1 to 512 letters, digits or "/_+=.@-"');
    if (recoveryDays !== 0) checkWhole("recoveryDays", recoveryDays, 7, 30);
    this.arn = new SecretsmanagerSecret(this, "secret", {
      name,
      ...(description !== undefined && { description }),
      recoveryWindowInDays: recoveryDays,
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
      ...preventDestroy(protect),
    }).arn;
    this.environmentVariable = variableName(id, "SECRET_ARN");
    this.kmsKeyArn = kmsKeyArn;
  }

  /** Lets a function read the value, and gives it the secret's ARN in `environmentVariable`. */
  grantRead(fn: NodeFunction): void {
    fn.allow({ actions: ["secretsmanager:GetSecretValue"], resource: this.arn });
    if (this.kmsKeyArn !== undefined) fn.allow({ actions: ["kms:Decrypt"], resource: this.kmsKeyArn });
    fn.addEnvironment(this.environmentVariable, this.arn);
  }
}

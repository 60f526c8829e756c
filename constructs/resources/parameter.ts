/** A value in SSM's Parameter Store that functions read at run time. Secrets belong in a `Secret`. */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { NodeFunction } from "../function/node-function";
import { checkName, variableName } from "./checks";

export interface ParameterProps {
  /** Path in the Parameter Store, unique in account and region: `/cognito-api-dev/limit`. Changing it replaces the parameter. */
  readonly name: string;
  /** Value, at most 4 kB. It is readable in plans and in Terraform's state. */
  readonly value: string;
  /**
   * Whether Terraform only creates the value: who changes it later, in the console or by a function, keeps the change.
   * @default false
   */
  readonly changedElsewhere?: boolean;
}

export class Parameter extends Construct {
  readonly parameterName: string;
  readonly arn: string;
  /** Variable that holds the parameter's name in a function that was granted something: `LIMIT_PARAMETER` for the id `limit`. */
  readonly environmentVariable: string;

  /** @throws Error on a name or a value that AWS rejects */
  constructor(scope: Construct, id: string, { name, value, changedElsewhere = false }: ParameterProps) {
    super(scope, id);
    checkName(
      "name",
      name,
      /^(?!\/?(aws|ssm))(\/[\w.-]+){1,15}$/i,
      'a path such as "/project/limit" that does not begin with "aws" or "ssm"',
    );
    if (value === "" || Buffer.byteLength(value) > 4096) {
      throw new Error(`value of ${name} must be 1 to 4096 bytes, got ${Buffer.byteLength(value)}`);
    }
    const parameter = new SsmParameter(this, "parameter", {
      name,
      type: "String",
      // Not `value`: Terraform hides that one, and a plan could not be reviewed.
      insecureValue: value,
      ...(changedElsewhere && { lifecycle: { ignoreChanges: ["insecure_value"] } }),
    });
    this.parameterName = parameter.name;
    this.arn = parameter.arn;
    this.environmentVariable = variableName(id, "PARAMETER");
  }

  /** Lets a function read the value, and gives it the parameter's name in `environmentVariable`. */
  grantRead(fn: NodeFunction): void {
    fn.allow({ actions: ["ssm:GetParameter", "ssm:GetParameters"], resource: this.arn });
    fn.addEnvironment(this.environmentVariable, this.parameterName);
  }
}

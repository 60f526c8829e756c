/** One Lambda function with all that is its own: role, policy, log group, bundle and archive. */
import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { bundleFolder } from "../../build/bundle-folder";
import { assumableBy, type PolicyStatement, policyDocument } from "../policy";
import { resolved } from "../resolved";

export interface NodeFunctionProps {
  /** Name in AWS, unique in the account and region, at most 64 characters. */
  readonly functionName: string;
  /** TypeScript file that exports `handler`, relative to the project root; `bundle()` builds it. */
  readonly entry: string;
  /** A Node.js runtime of Lambda, such as `nodejs24.x`. */
  readonly runtime: string;
  /**
   * Memory in MB; the share of a CPU grows with it.
   * @default 256
   */
  readonly memoryMb?: number;
  /**
   * Longest time one invocation may run, in seconds. API Gateway stops waiting at 29.
   * @default 10
   */
  readonly timeoutSeconds?: number;
  /**
   * Longest time the code itself waits for others, tries and retries together, in seconds. The time-out must be
   * longer, or the code could never say that it waited in vain.
   * @default 0
   */
  readonly waitSeconds?: number;
  /**
   * Days that logs are kept.
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * What the code finds in `process.env`, readable by everybody who may look at the function: never a secret.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * What the function may do besides writing its own log stream.
   * @default - nothing
   */
  readonly permissions?: readonly PolicyStatement[];
}

export const DEFAULT_TIMEOUT_SECONDS = 10;
/** API Gateway stops waiting at 29 s: a function that may run as long could never answer that it failed. */
export const MAX_TIMEOUT_SECONDS = 28;

export class NodeFunction extends Construct {
  readonly functionName: string;
  readonly invokeArn: string;
  readonly timeoutSeconds: number;

  /** @throws Error when a prop has a value that would fail at apply or open a hole */
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    check(props, resolved(this, props.environment ?? {}));
    this.timeoutSeconds = props.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;

    // Made before the function: Lambda would otherwise create it itself, without retention.
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/lambda/${props.functionName}`,
      retentionInDays: props.logRetentionDays ?? 30,
    });
    const role = new IamRole(this, "role", {
      name: props.functionName,
      assumeRolePolicy: assumableBy("lambda.amazonaws.com"),
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "function",
      role: role.name,
      policy: policyDocument([
        { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resource: `${logs.arn}:*` },
        ...(props.permissions ?? []),
      ]),
    });
    const archive = new DataArchiveFile(this, "archive", {
      type: "zip",
      sourceDir: bundleFolder(props.entry),
      outputPath: `archives/${id}.zip`,
      // The mode is part of the zip, and so of its hash: without it the machine's umask would be.
      outputFileMode: "0644",
    });
    const lambda = new LambdaFunction(this, "function", {
      functionName: props.functionName,
      role: role.arn,
      runtime: props.runtime,
      architectures: ["arm64"],
      handler: "index.handler",
      filename: archive.outputPath,
      sourceCodeHash: archive.outputBase64Sha256,
      memorySize: props.memoryMb ?? 256,
      timeout: this.timeoutSeconds,
      environment: { variables: { NODE_OPTIONS: "--enable-source-maps", ...props.environment } },
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      dependsOn: [policy],
    });
    this.functionName = lambda.functionName;
    this.invokeArn = lambda.invokeArn;
  }
}

const SECRET_NAME = /secret|passw|credential|private_?key|api_?key|token$/i;
const RESERVED_NAME = /^(AWS_(?!LAMBDA_EXEC_WRAPPER$)|LAMBDA_|_HANDLER$)/;

/** @param environment with its references in Terraform's own form, so that a secret behind one can be seen */
function check(props: NodeFunctionProps, environment: Readonly<Record<string, string>>): void {
  const { functionName, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = props;
  if (!/^[\w-]{1,64}$/.test(functionName)) {
    throw new Error(`functionName must be 1 to 64 letters, digits, "-" or "_", got ${JSON.stringify(functionName)}`);
  }
  if (!Token.isUnresolved(timeoutSeconds) && !isWhole(timeoutSeconds, 1, MAX_TIMEOUT_SECONDS)) {
    throw new Error(
      `timeoutSeconds of ${functionName} must be a whole number from 1 to ${MAX_TIMEOUT_SECONDS}, got ${timeoutSeconds}: API Gateway stops waiting at 29 s`,
    );
  }
  if (timeoutSeconds <= (props.waitSeconds ?? 0)) {
    throw new Error(
      `timeoutSeconds of ${functionName} must be more than the ${props.waitSeconds} s that its code waits, got ${timeoutSeconds}`,
    );
  }
  for (const [name, value] of Object.entries(environment)) {
    if (SECRET_NAME.test(name) || /\.client_secret\b/.test(value)) {
      throw new Error(
        `environment of ${functionName} must not hold a secret, got ${name}: read it at run time instead`,
      );
    }
    if (RESERVED_NAME.test(name)) {
      throw new Error(`environment of ${functionName} must leave Lambda's own names alone, got ${name}`);
    }
  }
}

const isWhole = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max;

/** A Lambda function in TypeScript, with its role, policy, log group and archive. */
import { DataArchiveFile } from "@cdktf/provider-archive/lib/data-archive-file";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Lazy, Token } from "cdktf";
import { Construct } from "constructs";
import { bundleFolder } from "../../build/bundle-folder";
import type { FunctionCode } from "../../build/function-code";
import { assumableBy, type PolicyStatement, policyDocument } from "../policy";
import { resolved } from "../resolved";

export interface NodeFunctionProps {
  /** Name of the function and its role, unique in the account: 1 to 64 letters, digits, "-" or "_". */
  readonly functionName: string;
  /** TypeScript file that exports `handler`, relative to the project root; `bundle()` builds it. */
  readonly entry: string;
  /** A Node.js runtime of Lambda, such as `nodejs24.x`. */
  readonly runtime: string;
  /**
   * Memory in MB, 128 to 10240. The CPU share is proportional: 1769 MB are one vCPU.
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   * @default 256
   */
  readonly memoryMb?: number;
  /**
   * Time-out of one invocation in seconds: 1 to 900. Behind a route at most 28, because API Gateway stops waiting at 29.
   * @default 10
   */
  readonly timeoutSeconds?: number;
  /**
   * Longest time that the code waits for other services, retries included, in seconds. The time-out must be longer, so that the
   * code can still respond when a wait ends.
   * @default 0
   */
  readonly waitSeconds?: number;
  /**
   * Days that logs are kept, one of the values that CloudWatch Logs accepts.
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of a KMS key of your own for logs and environment. Its policy must let CloudWatch Logs use it: docs/operations.md.
   * @default - keys of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * Whether each change becomes a version, and everything invokes the function by the alias `live` of one version: a release can then be
   * taken back in seconds. Lambda keeps all versions, within 75 GB per region.
   * @default false
   */
  readonly releases?: boolean;
  /**
   * Whether X-Ray traces invocations: the sampled ones, or those that API Gateway traces.
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Variables in `process.env`, with the same checks as `addEnvironment()`.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Statements of the role's policy, with the same checks as `allow()`. The role can always write the function's own logs.
   * @default - none
   */
  readonly permissions?: readonly PolicyStatement[];
  /**
   * npm packages that cannot be part of the bundle, because they have native code or read files of their own: `sharp`. They are
   * copied beside the bundle with their dependencies, as installed. Lambda needs native code for Linux, arm64: docs/libraries.md.
   * @default - all packages are part of the bundle
   */
  readonly external?: readonly string[];
  /**
   * Files and folders that the code reads, relative to the project root and below the folder of `entry`. They keep their path
   * relative to the code: `new URL("./templates/mail.html", import.meta.url)` for `functions/templates/mail.html`.
   * @default - none
   */
  readonly assets?: readonly string[];
}

/** `npm run rollback` moves it. */
const ALIAS = "live";
/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const traces: PolicyStatement = {
  actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  resource: "*",
  reason: "these actions support no resource",
};

export const DEFAULT_TIMEOUT_SECONDS = 10;
/** Lambda's own limit: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_TIMEOUT_SECONDS = 900;
/** API Gateway stops waiting at 29 s; one second remains to respond that something failed. */
export const MAX_ROUTE_TIMEOUT_SECONDS = 28;

export class NodeFunction extends Construct {
  readonly functionName: string;
  /** Of the alias if there is one: what services and other functions invoke. */
  readonly arn: string;
  /** What a permission to invoke the function names. */
  readonly invocable: { readonly functionName: string; readonly qualifier?: string };
  /** URI with which API Gateway invokes the function. */
  readonly invokeArn: string;
  readonly logGroupName: string;
  /** Role of the code; `allow()` adds statements to its policy. */
  readonly role: IamRole;
  readonly timeoutSeconds: number;
  private readonly props: NodeFunctionProps;
  private readonly statements: PolicyStatement[];
  private readonly environment: Record<string, string> = { NODE_OPTIONS: "--enable-source-maps" };

  /** @throws Error on a wrong name or time-out, a secret in the environment, or too wide a permission */
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    check(props);
    this.props = props;
    this.timeoutSeconds = props.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;

    // Exists before the function: Lambda would create it without a retention.
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/lambda/${props.functionName}`,
      retentionInDays: props.logRetentionDays ?? 30,
      ...(props.kmsKeyArn !== undefined && { kmsKeyId: props.kmsKeyArn }),
    });
    this.role = new IamRole(this, "role", {
      name: props.functionName,
      assumeRolePolicy: assumableBy("lambda.amazonaws.com"),
    });
    this.statements = [{ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resource: `${logs.arn}:*` }];
    if (props.tracing) this.allow(traces);
    for (const statement of props.permissions ?? []) this.allow(statement);
    for (const [name, value] of Object.entries(props.environment ?? {})) this.addEnvironment(name, value);

    const policy = new IamRolePolicy(this, "policy", {
      name: "function",
      role: this.role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
    });
    const archive = new DataArchiveFile(this, "archive", {
      type: "zip",
      sourceDir: bundleFolder(props.entry),
      outputPath: `archives/${id}.zip`,
      // The zip and its hash contain file modes, which otherwise depend on the machine's umask.
      outputFileMode: "0644",
    });
    const lambda = new LambdaFunction(this, "function", {
      functionName: props.functionName,
      role: this.role.arn,
      runtime: props.runtime,
      architectures: ["arm64"],
      handler: "index.handler",
      filename: archive.outputPath,
      sourceCodeHash: archive.outputBase64Sha256,
      memorySize: props.memoryMb ?? 256,
      timeout: this.timeoutSeconds,
      environment: { variables: Token.asStringMap(Lazy.anyValue({ produce: () => this.environment })) },
      loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      ...(props.kmsKeyArn !== undefined && { kmsKeyArn: props.kmsKeyArn }),
      ...(props.releases && { publish: true }),
      ...(props.tracing && { tracingConfig: { mode: "Active" } }),
      dependsOn: [policy],
    });
    this.functionName = lambda.functionName;
    this.logGroupName = logs.name;
    const alias =
      props.releases &&
      new LambdaAlias(this, "alias", {
        name: ALIAS,
        functionName: lambda.functionName,
        functionVersion: lambda.version,
      });
    this.arn = (alias || lambda).arn;
    this.invokeArn = (alias || lambda).invokeArn;
    this.invocable = { functionName: lambda.functionName, ...(alias && { qualifier: alias.name }) };
  }

  /** What the bundle consists of, for `build/`. */
  get code(): FunctionCode {
    const { entry, external = [], assets = [] } = this.props;
    const known = Object.entries(this.environment).map(
      ([name, value]) => [name, Token.isUnresolved(value) ? undefined : value] as const,
    );
    return { entry, external, assets, environment: Object.fromEntries(known) };
  }

  /**
   * Adds a statement to the policy of the function's role.
   * @throws Error on the actions `*` and `s3:*`, and on the resource `*` without a reason
   */
  allow(statement: PolicyStatement): void {
    policyDocument([statement]); // throws here rather than at synth, so that the stack trace shows the caller
    this.statements.push(statement);
  }

  /**
   * Sets a variable in `process.env`, readable to everyone with access to the function's configuration. All variables together
   * may take 4 kB.
   * @throws Error on a secret, a name that Lambda reserves, or a second value for a name
   */
  addEnvironment(name: string, value: string): void {
    checkVariable(this.props.functionName, name, resolved(this, value));
    const before = this.environment[name];
    if (before !== undefined && before !== value) {
      throw new Error(`environment of ${this.props.functionName} must give ${name} one value, got two`);
    }
    this.environment[name] = value;
  }

  /** Whether environment or policy hold a reference that begins so: `aws_cognito_user_pool.users_pool_1234.` */
  refersTo(reference: string): boolean {
    return JSON.stringify(resolved(this, [this.environment, this.statements])).includes(reference);
  }
}

/** Names of secrets. `DB_SECRET_ARN`, `_NAME`, `_ID` and names of other resources refer to a secret without holding it. */
const SECRET_NAME =
  /(secret|passw|credential|private_?key|api_?key|token$)(?!.*_(arn|name|id|table|bucket|queue_url|parameter)$)/i;
/**
 * Reserved by Lambda: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html. A wrapper script and endpoints of the
 * SDKs may be set.
 */
const RESERVED_NAME = /^(AWS_(?!LAMBDA_EXEC_WRAPPER$|ENDPOINT_URL(_|$))|LAMBDA_|_HANDLER$)/;

function check({ functionName, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, waitSeconds = 0 }: NodeFunctionProps): void {
  if (!/^[\w-]{1,64}$/.test(functionName)) {
    throw new Error(`functionName must be 1 to 64 letters, digits, "-" or "_", got ${JSON.stringify(functionName)}`);
  }
  if (!Token.isUnresolved(timeoutSeconds) && !isWhole(timeoutSeconds, 1, MAX_TIMEOUT_SECONDS)) {
    throw new Error(
      `timeoutSeconds of ${functionName} must be a whole number from 1 to ${MAX_TIMEOUT_SECONDS}, got ${timeoutSeconds}`,
    );
  }
  if (timeoutSeconds <= waitSeconds) {
    throw new Error(
      `timeoutSeconds of ${functionName} must be more than the ${waitSeconds} s that its code waits, got ${timeoutSeconds}`,
    );
  }
}

/** @param value with references in Terraform's form, which show a reference to a secret */
function checkVariable(functionName: string, name: string, value: string): void {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new Error(
      `environment of ${functionName} must have names of letters, digits and "_", got ${JSON.stringify(name)}`,
    );
  }
  if (SECRET_NAME.test(name) || /\.client_secret\b/.test(value)) {
    throw new Error(`environment of ${functionName} must not hold a secret, got ${name}: read it at run time instead`);
  }
  if (RESERVED_NAME.test(name)) {
    throw new Error(`environment of ${functionName} must not set Lambda's own variables, got ${name}`);
  }
}

const isWhole = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max;

import { randomBytes } from "node:crypto";
import type { Iam } from "../aws/iam";
import { nested, text } from "../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../terraform/read-stack";
import { type FunctionCode, functionCode, handlerFile } from "./function-code";

/** One function's configuration, read from the JSON. */
export interface FunctionConfig {
  readonly name: string;
  readonly arn: string;
  /** Absolute path of the module that holds the handler. */
  readonly file: string;
  readonly exportName: string;
  /** Whether the runtime still accepts handlers that take a callback (up to Node.js 22). */
  readonly callbacks: boolean;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** The lowest level to log. */
  readonly logLevel: string;
  /** Maximum number of instances; further events queue. */
  readonly concurrency: number;
  /** The fields of the handler's context that do not change between events. */
  readonly context: Readonly<Record<string, string>>;
  /** A new instance's environment, without this process's variables. */
  environment(): Record<string, string>;
}

/** Enough for a laptop; AWS allows 1000 per account and region by default. */
const MAX_INSTANCES = 10;

/** Names that Lambda sets itself and rejects in a function's configuration. */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_.*|AWS_(ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN)|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

/**
 * @param environment further variables, such as the endpoint of the local Cognito
 * @throws StackError: bundle or handler file missing, a reserved environment variable, a runtime that is not Node.js.
 */
export function functionConfig(
  stack: SynthesizedStack,
  iam: Iam,
  block: Block,
  environment: () => Record<string, string>,
): FunctionConfig {
  const { values } = block;
  const runtime = String(values.runtime);
  const major = Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1]);
  if (!major) throw new StackError(`${block.address}: runtime ${runtime} is not served locally`);
  const logging = nested(values.logging_config);
  const reserved = Number(values.reserved_concurrent_executions ?? -1);
  const name = String(values.function_name);
  const code = functionCode(stack, block);
  return {
    ...handlerFile(block, code),
    name,
    arn: String(values.arn),
    callbacks: major < 24,
    timeoutSeconds: Number(values.timeout),
    memoryMb: Number(values.memory_size),
    logLevel: logging?.log_format === "JSON" ? (text(logging.application_log_level) ?? "INFO") : "TRACE",
    concurrency: reserved > 0 ? Math.min(reserved, MAX_INSTANCES) : MAX_INSTANCES,
    context: {
      functionName: name,
      functionVersion: "$LATEST",
      invokedFunctionArn: String(values.arn),
      memoryLimitInMB: String(values.memory_size),
      logGroupName: logGroup(block),
    },
    environment: environmentOf(stack, iam, block, code, environment),
  };
}

const logGroup = (block: Block) =>
  text(nested(block.values.logging_config)?.log_group) ?? `/aws/lambda/${block.values.function_name}`;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function environmentOf(
  stack: SynthesizedStack,
  iam: Iam,
  block: Block,
  code: FunctionCode,
  further: () => Record<string, string>,
) {
  const { values, address } = block;
  const configured = Object.entries(nested(nested(values.environment)?.variables) ?? {});
  const reserved = configured.find(([name]) => RESERVED.test(name));
  if (reserved) throw new StackError(`${address}: ${reserved[0]} is reserved by Lambda and cannot be set`);
  const credentials = iam.roleCredentials(String(values.role));
  const fixed = {
    _HANDLER: String(values.handler),
    AWS_REGION: stack.region,
    AWS_DEFAULT_REGION: stack.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${values.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: String(values.function_name),
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(values.memory_size),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup(block),
    AWS_LAMBDA_LOG_FORMAT: text(nested(values.logging_config)?.log_format) ?? "Text",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: code.folder,
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
  };
  return () => {
    const variables = further();
    // SQS clients send to the host of a queue's URL.
    const local = (value: string) => value.replace(QUEUE_ORIGIN, variables.AWS_ENDPOINT_URL ?? "$&");
    return {
      ...fixed,
      AWS_LAMBDA_LOG_STREAM_NAME: logStream(),
      ...variables,
      ...Object.fromEntries(configured.map(([name, value]) => [name, local(String(value))])),
    };
  };
}

const QUEUE_ORIGIN = /^https:\/\/sqs\.[\w-]+\.amazonaws\.com(\.cn)?(?=\/)/;

const logStream = () =>
  `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomBytes(16).toString("hex")}`;

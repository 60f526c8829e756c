import { type InvokeResult, PAYLOAD_LIMIT } from "../../lambda/function-error";
import { type Functions, functionName } from "../../lambda/functions";
import { StackError } from "../../terraform/read-stack";
import { badGateway, type GatewayError, misconfigured, requestTooLong, timedOut } from "./gateway-error";
import type { Integration, MappingSources } from "./integration";
import type { PayloadFormat } from "./payload";
import { MalformedProxyResponse } from "./proxy-response";
import type { ApiRequest } from "./request";

export interface LambdaProxyOptions {
  readonly functions: Functions;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  /** Whether the function's resource-based policy allows this method to invoke it. */
  permitted(functionArn: string): boolean;
  readonly payload: PayloadFormat;
  /** How long API Gateway waits, in milliseconds. */
  readonly timeoutMs: number;
  /** Why a request fails before the function is invoked. @default - none does */
  fault?(sources: MappingSources): string | undefined;
}

/**
 * An AWS_PROXY integration with a function.
 * @param uri may hold variables of the stage: `${stageVariables.function}`
 * @throws StackError if the URI names no function of the stack
 */
export function createLambdaProxy(address: string, uri: unknown, options: LambdaProxyOptions): Integration {
  const { functions, payload, timeoutMs } = options;
  const variables = options.stageVariables ?? {};
  const resolved = String(uri).replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => variables[name] ?? "");
  const functionArn = invokedArn(resolved);
  if (!functionArn || !functions.has(functionArn)) {
    throw new StackError(`${address}: uri names no aws_lambda_function of cdk.tf.json: ${resolved}`);
  }
  const permitted = options.permitted(functionArn);
  return {
    functionName: functionName(functionArn),
    async respond(authorized) {
      if (!permitted) return { error: misconfigured(`no permission to invoke ${functionArn}`) };
      const fault = options.fault?.(authorized.sources);
      if (fault) return { error: misconfigured(fault) };
      const event = payload.event(authorized);
      if (event.length > PAYLOAD_LIMIT) return { error: requestTooLong };
      const { trace } = authorized.sources.request;
      const logged = trace && ((line: string) => trace.log(line));
      const result = await within(timeoutMs, functions.invoke(functionArn, event, logged));
      return result ? read(result, payload, authorized.sources.request) : { error: timedOut(timeoutMs) };
    },
  };
}

const failed = (cause: string): { readonly error: GatewayError } => ({ error: badGateway(cause) });

function read(result: InvokeResult, payload: PayloadFormat, request: ApiRequest): Outcome {
  if ("error" in result) return failed(`${result.error.errorType}: ${result.error.errorMessage}`);
  try {
    return { response: payload.response(result.payload, request) };
  } catch (error) {
    if (error instanceof MalformedProxyResponse) return failed(`malformed proxy response: ${error.message}`);
    throw error;
  }
}

type Outcome = Awaited<ReturnType<Integration["respond"]>>;

/**
 * The function in `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`, or the
 * function ARN itself, which an HTTP API takes too.
 */
function invokedArn(uri: string): string | undefined {
  return /:lambda:path\/[^/]+\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? /^arn:[\w-]+:lambda:.*$/.exec(uri)?.[0];
}

/** Resolves to undefined if the promise is not settled in time. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

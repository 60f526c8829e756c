import { type InvokeResult, PAYLOAD_LIMIT } from "../../lambda/function-error";
import type { Functions } from "../../lambda/functions";
import { type Block, StackError } from "../../terraform/read-stack";
import { badGateway, misconfigured, requestTooLong, timedOut } from "./gateway-error";
import type { Integration } from "./integration";
import { proxyEvent } from "./proxy-event";
import { MalformedProxyResponse, proxyResponse } from "./proxy-response";
import { type ApiRequest, contentType } from "./request";
import { responseHeaders } from "./response-headers";

/** How long API Gateway waits unless the integration says less, in milliseconds. */
const TIMEOUT_MS = 29_000;

export interface LambdaProxyOptions {
  readonly functions: Functions;
  /** Whether the function's resource-based policy allows this method to invoke it. */
  permitted(functionArn: string): boolean;
  readonly binary: Binary;
  /** `version` of the event. @default - absent, as in a REST API's event */
  readonly version?: string;
}

/** Which bodies travel in base64 between gateway and function. */
export interface Binary {
  /** @param type media type of the request's body */
  request(type: string): boolean;
  /** Whether `isBase64Encoded` counts. @param accepted first media type that the client accepts */
  response(accepted: string): boolean;
}

/** A REST API's rule: `binary_media_types`, for both ways: `image/png`, `image/*` or all. */
export function binaryTypes(types: readonly string[]): Binary {
  const matches = (type: string) =>
    types.some((own) => own === "*/*" || own === type || (own.endsWith("/*") && type.startsWith(own.slice(0, -1))));
  return { request: matches, response: matches };
}

/**
 * An AWS_PROXY integration with a function.
 * @throws StackError if the URI names no function of the stack
 */
export function createLambdaProxy({ address, values }: Block, options: LambdaProxyOptions): Integration {
  const { functions, binary, version } = options;
  const functionArn = invokedArn(String(values.uri));
  if (!functionArn || !functions.has(functionArn)) {
    throw new StackError(`${address}: uri names no aws_lambda_function of cdk.tf.json: ${values.uri}`);
  }
  if (values.credentials) throw new StackError(`${address}: credentials is not served locally`);
  const fault = options.permitted(functionArn) ? wrongMethod(values) : `no permission to invoke ${functionArn}`;
  const milliseconds = Number(values.timeout_milliseconds ?? TIMEOUT_MS);
  return async ({ sources: { request, context, pathParameters }, resourcePath, stageVariables }) => {
    if (fault) return { error: misconfigured(fault) };
    const event = proxyEvent(request, {
      resource: resourcePath,
      pathParameters,
      stageVariables,
      requestContext: context,
      binary: binary.request(contentType(request)),
      ...(version && { version }),
    });
    if (event.length > PAYLOAD_LIMIT) return { error: requestTooLong };
    const result = await within(milliseconds, functions.invoke(functionArn, event));
    if (!result) return { error: timedOut(milliseconds) };
    return read(result, binary.response(accepted(request)));
  };
}

function read(result: InvokeResult, binary: boolean): Awaited<ReturnType<Integration>> {
  if ("error" in result) return { error: badGateway(`${result.error.errorType}: ${result.error.errorMessage}`) };
  try {
    const response = proxyResponse(result.payload, binary);
    return { response: { ...response, headers: responseHeaders(response.headers) } };
  } catch (error) {
    if (error instanceof MalformedProxyResponse)
      return { error: badGateway(`malformed proxy response: ${error.message}`) };
    throw error;
  }
}

/** Lambda's Invoke is a POST, whatever the method of the route. */
function wrongMethod({ integration_http_method }: Block["values"]): string | undefined {
  return integration_http_method === "POST" ? undefined : "integration_http_method must be POST to invoke a function";
}

/** The function in `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`. */
function invokedArn(uri: string): string | undefined {
  return /:lambda:path\/[^/]+\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
}

/** Resolves to undefined if the promise is not settled in time. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const accepted = ({ headers }: ApiRequest) => headers.accept?.split(/[,;]/, 1)[0]?.trim().toLowerCase() ?? "*/*";

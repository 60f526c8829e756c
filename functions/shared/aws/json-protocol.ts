/** AWS's JSON protocol, which Cognito and DynamoDB speak: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
import { environment } from "../environment";
import { isObject, type JsonObject, stringProperty } from "../json";
import { attemptMs } from "../timing";
import { post } from "./post";
import { sign } from "./signature";

export interface Service {
  /** As in the host name: `cognito-idp`. */
  readonly name: string;
  /** Prefix of the header X-Amz-Target. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
  /** Variable of the AWS SDKs that replaces the endpoint of this service only. */
  readonly endpointVariable: string;
}

export interface AwsResponse {
  readonly status: number;
  /** AWS's id of the request. */
  readonly requestId: string | undefined;
  /** Undefined if the body is not a JSON object. An empty body is an empty object. */
  readonly output: JsonObject | undefined;
  /** Of an error, without its namespace; undefined where the body has none. */
  readonly type: string | undefined;
  /** Of an error; may be empty. */
  readonly message: string;
}

/** No response from AWS; the cause says why. */
export class NoResponse extends Error {
  override readonly name: "TimeoutError" | "NetworkError";

  constructor(service: string, timeout: boolean, cause: unknown) {
    super(`${service} did not respond`, { cause });
    this.name = timeout ? "TimeoutError" : "NetworkError";
  }
}

/**
 * Sends one request, and waits at most `attemptMs` for its response.
 * @param input JSON
 * @param options.signed whether IAM authorizes the operation
 * @throws {NoResponse} also when `options.signal` aborts
 * @throws {ConfigurationError} without AWS_REGION, or without the credentials for a signature
 */
export async function callAws(
  service: Service,
  operation: string,
  input: string,
  options: { readonly signed: boolean; readonly signal: AbortSignal },
): Promise<AwsResponse> {
  const region = environment("AWS_REGION");
  // The variables that the AWS SDKs read, so that a local endpoint can take AWS's place.
  const endpoint = process.env[service.endpointVariable] || process.env.AWS_ENDPOINT_URL;
  const url = new URL(endpoint || `https://${service.name}.${region}.amazonaws.com/`);
  const headers = {
    "Content-Type": `application/x-amz-json-${service.version}`,
    "X-Amz-Target": `${service.target}.${operation}`,
  };
  const request = { url, region, service: service.name, headers, body: input };
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(attemptMs)]);
  const { status, text, requestId } = await post(
    url,
    options.signed ? await sign(request) : headers,
    input,
    signal,
  ).catch((error: unknown) => {
    throw new NoResponse(service.name, signal.aborted, error);
  });
  const output = parse(text);
  return {
    status,
    requestId,
    output,
    type: stringProperty(output, "__type")?.split("#").at(-1),
    message: stringProperty(output, "message") ?? stringProperty(output, "Message") ?? "",
  };
}

/** An empty body, as RevokeToken returns it, is an empty object. */
function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

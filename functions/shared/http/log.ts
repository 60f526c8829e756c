import { CognitoError } from "../cognito/cognito-error";
import { ConfigurationError } from "../environment";
import { HttpError } from "../error-response";
import { type JsonObject, property } from "../json";
import { mask } from "../secrets";
import { bodyBytes, header } from "./event";
import { embedded, type Metric } from "./metrics";

/** Ids that correlate a response with its entries in the function's, the gateway's and Cognito's logs. */
export interface RequestIds {
  /** Lambda's own. */
  readonly requestId: string;
  /** API Gateway's; a client can choose it. */
  readonly gatewayRequestId?: string | undefined;
  /** API Gateway's; a client cannot choose it. */
  readonly extendedRequestId?: string | undefined;
}

/** Errors whose message quotes nothing from the caller and says what to fix in the deployment. */
const loggedMessages = new Set([
  "AccessDeniedException",
  "ResourceNotFoundException",
  "FlowNotEnabled",
  "SecretRejected",
  "SecretUnreadable",
]);

/**
 * Logs one object per failure, and with METRICS_NAMESPACE one per request, on one line whatever its strings hold. The message of an
 * unknown error may quote a token or a password: what it has in common with the request or a secret is masked.
 * @param failure undefined for a success
 */
export function logRequest(
  status: number,
  failure: { readonly error: unknown } | undefined,
  metrics: readonly Metric[],
  ids: RequestIds,
  event: unknown,
): void {
  const failed = status >= 500;
  const namespace = process.env.METRICS_NAMESPACE;
  if (!namespace && !failed) return;
  const message = {
    message: failed ? "request failed" : "request",
    status,
    ...ids,
    ...(failure && describe(failure.error, requestValues(event))),
  };
  if (namespace) {
    // Past the console, with which the runtime puts the line below `message`: CloudWatch looks for metrics at the root. The rest
    // has the runtime's own shape, so that a query finds both.
    const line = {
      timestamp: new Date(),
      level: failed ? "ERROR" : "INFO",
      requestId: ids.requestId,
      message,
      ...(metrics.length > 0 && embedded(namespace, metrics)),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } else console.error(message);
}

function describe(error: unknown, quoted: readonly string[]): JsonObject {
  if (error instanceof ConfigurationError) return { error: error.name, variable: error.variable };
  if (error instanceof CognitoError) {
    const { name, operation, type, requestId, message } = error;
    const reason = loggedMessages.has(type) ? { reason: message } : {};
    return { error: name, operation, type, cognitoRequestId: requestId, ...reason };
  }
  if (error instanceof HttpError) return { error: error.name, reason: error.message };
  if (!(error instanceof Error)) return { error: typeof error };
  return { ...summary(error, quoted, 3), stack: frames(error).map((line) => mask(line, quoted)) };
}

/** @param depth how many causes to follow: `fetch failed` says why in its cause, a refused connection in its errors */
function summary(error: Error, quoted: readonly string[], depth: number): JsonObject {
  const code: unknown = "code" in error ? error.code : undefined;
  const causes = [error.cause, ...(error instanceof AggregateError ? error.errors : [])].filter(
    (cause): cause is Error => cause instanceof Error,
  );
  return {
    error: mask(error.name, quoted),
    ...(error.message && { reason: mask(error.message, quoted) }),
    ...(typeof code === "string" && { code: mask(code, quoted) }),
    ...(depth > 0 &&
      causes.length > 0 && { causes: causes.slice(0, 3).map((cause) => summary(cause, quoted, depth - 1)) }),
  };
}

const frames = ({ stack = "" }: Error) => stack.split("\n").filter((line) => /^\s+at /.test(line));

/** Every text that the caller sent: values of body, query and path, and headers that hold credentials. */
function requestValues(event: unknown): string[] {
  const parts = ["multiValueQueryStringParameters", "queryStringParameters", "pathParameters"];
  const parameters = parts.flatMap((part) => Object.values(property(event, part) ?? {}).flat());
  const headers = ["authorization", "cookie", "x-api-key", "token"].map((name) => header(event, name));
  return [...bodyTexts(event), ...parameters, ...headers].filter((value) => typeof value === "string");
}

/** A body that is no JSON, or overflows the stack, is one text. */
function bodyTexts(event: unknown): string[] {
  const text = bodyBytes(event).toString();
  try {
    return textsIn(JSON.parse(text));
  } catch {
    return [text];
  }
}

/** Numbers count too: a code or a card's number may be sent as one. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

import { ConfigurationError } from "../environment";
import { CognitoError } from "../errors";

/** Ids that join an answer with its entries in the function's, the gateway's and Cognito's logs. */
export interface RequestIds {
  /** Lambda's own. */
  readonly requestId: string;
  /** API Gateway's; a client can choose it. */
  readonly gatewayRequestId?: string | undefined;
  /** API Gateway's; a client cannot choose it. */
  readonly extendedRequestId?: string | undefined;
}

/** Cognito's messages that quote nothing of the caller and tell the operator what to repair. */
const repairable = new Set([
  "AccessDeniedException",
  "ResourceNotFoundException",
  "FlowNotEnabled",
  "SecretRefused",
  "SecretUnreadable",
]);

/**
 * One entry for one failure, as an object: Lambda's JSON log format writes it on one line, whatever the strings hold.
 * An unknown error's message is left out, since it may quote a token or a password; its kind and place are not.
 */
export function logFailure(error: unknown, status: number, ids: RequestIds): void {
  console.error({ message: "request failed", status, ...ids, ...describe(error) });
}

function describe(error: unknown): Record<string, unknown> {
  if (error instanceof ConfigurationError) return { error: error.name, variable: error.variable };
  if (error instanceof CognitoError) {
    const { name, operation, type, requestId, message } = error;
    const reason = repairable.has(type) ? { reason: message } : {};
    return { error: name, operation, type, cognitoRequestId: requestId, ...reason };
  }
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, stack: error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) };
}

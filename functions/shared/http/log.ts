import { CognitoError } from "../cognito/cognito-error";
import { ConfigurationError } from "../environment";
import type { JsonObject } from "../json";

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
 * Logs one object per failure: Lambda's JSON log format writes it on one line, whatever its strings hold. The message of an
 * unknown error is left out, since it may quote a token or a password; its name and stack frames are logged.
 */
export function logFailure(error: unknown, status: number, ids: RequestIds): void {
  console.error({ message: "request failed", status, ...ids, ...describe(error) });
}

function describe(error: unknown): JsonObject {
  if (error instanceof ConfigurationError) return { error: error.name, variable: error.variable };
  if (error instanceof CognitoError) {
    const { name, operation, type, requestId, message } = error;
    const reason = loggedMessages.has(type) ? { reason: message } : {};
    return { error: name, operation, type, cognitoRequestId: requestId, ...reason };
  }
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, stack: error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) };
}

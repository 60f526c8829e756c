/** Lambda's error document (`X-Amz-Function-Error`) for a failure of the function or its runtime. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The handler's result as JSON text (at most 6 MB), or its error. */
export type InvokeResult = { readonly payload: string } | { readonly error: FunctionError };

/** Lambda's limit for a synchronous request and for its response, in bytes. */
export const PAYLOAD_LIMIT = 6_291_556;

export const timedOut = (requestId: string, seconds: number): FunctionError => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

export const responseTooLarge = (): FunctionError => ({
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${PAYLOAD_LIMIT} bytes).`,
});

export const outOfMemory = (requestId: string): FunctionError => ({
  errorType: "Runtime.OutOfMemory",
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
});

/** The thread exited: `process.exit`, or a promise that nothing could settle any more (exit code 0). */
export const exited = (requestId: string, code: number): FunctionError => ({
  errorType: "Runtime.ExitError",
  errorMessage: `RequestId: ${requestId} Error: Runtime exited ${code === 0 ? "without providing a reason" : `with error: exit status ${code}`}`,
});

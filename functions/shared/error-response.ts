/** A response that is not a success. Its message is for the caller: never a secret, never text that the caller sent. */
export interface ErrorResponse {
  /** HTTP status code, 400 to 599. */
  readonly status: number;
  readonly message: string;
  /**
   * Value of the header `Retry-After`, in seconds.
   * @default - no such header
   */
  readonly retryAfter?: number;
}

/** Thrown by an operation to end the request with this response. */
export class HttpError extends Error implements ErrorResponse {
  override readonly name = "HttpError";

  /** @param message goes to the caller as it is: keep secrets and the caller's own text out of it */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

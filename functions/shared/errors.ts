/** An answer that is not a success. The message is for the caller: it never holds a secret, nor text of the caller. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** Seconds, for the header `Retry-After`. */
  readonly retryAfter?: number;
}

/** Thrown where a request is refused before, or instead of, asking Cognito. */
export class RefusedError extends Error implements Refusal {
  override readonly name = "RefusedError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A call to Cognito that failed. `type` is Cognito's own (`NotAuthorizedException`), or one of ours where Cognito has none
 * or one for too many causes: `Unreachable`, `Timeout`, `InvalidAnswer`, `SecretRefused`, `SecretUnreadable`, `FlowNotEnabled`, `InvalidValue`.
 * `message` is Cognito's own and may quote the caller: it is neither logged nor answered as it is.
 */
export class CognitoError extends Error {
  override readonly name = "CognitoError";

  constructor(
    readonly operation: string,
    readonly type: string,
    message = "",
    readonly requestId?: string | undefined,
  ) {
    super(message);
  }
}

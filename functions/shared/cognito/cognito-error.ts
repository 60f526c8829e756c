/**
 * A failed request to Cognito. `type` is Cognito's own (`NotAuthorizedException`), or one of ours where Cognito has none or
 * has one for too many causes: `Unreachable`, `Timeout`, `InvalidResponse`, `SecretRejected`, `SecretUnreadable`,
 * `FlowNotEnabled`, `InvalidValue`. `message` is Cognito's and may quote the caller: it never reaches a response unchecked.
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

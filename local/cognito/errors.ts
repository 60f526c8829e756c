/** An error as AWS answers it: HTTP 400 with `__type` and `message`. */
export class CognitoError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const errorOf = (type: string) => (message: string) => new CognitoError(type, message);

export const notAuthorized = errorOf("NotAuthorizedException");
export const invalidParameter = errorOf("InvalidParameterException");
export const resourceNotFound = errorOf("ResourceNotFoundException");
export const serialization = errorOf("SerializationException");

/** One text for a wrong password and, where the client protects user existence, for an unknown user. */
export const wrongCredentials = () => notAuthorized("Incorrect username or password.");
export const userNotFound = () => new CognitoError("UserNotFoundException", "User does not exist.");
export const codeMismatch = () =>
  new CognitoError("CodeMismatchException", "Invalid verification code provided, please try again.");
export const codeExpired = () =>
  new CognitoError("ExpiredCodeException", "Invalid code provided, please request a code again.");
export const aliasExists = () => new CognitoError("AliasExistsException", "An account with the email already exists.");
export const missingParameter = (name: string) => invalidParameter(`Missing required parameter ${name}`);

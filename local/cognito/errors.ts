/** An error response of Cognito: HTTP 400 with `__type` and `message`. */
export class CognitoException extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const errorOf = (type: string) => (message: string) => new CognitoException(type, message);

export const notAuthorized = errorOf("NotAuthorizedException");
export const invalidParameter = errorOf("InvalidParameterException");
export const resourceNotFound = errorOf("ResourceNotFoundException");
export const serialization = errorOf("SerializationException");

/** For a wrong password and, with `prevent_user_existence_errors`, for an unknown user. */
export const wrongCredentials = () => notAuthorized("Incorrect username or password.");
export const userNotFound = () => new CognitoException("UserNotFoundException", "User does not exist.");
export const codeMismatch = (message = "Invalid verification code provided, please try again.") =>
  new CognitoException("CodeMismatchException", message);
export const codeExpired = (message = "Invalid code provided, please request a code again.") =>
  new CognitoException("ExpiredCodeException", message);
export const aliasExists = () =>
  new CognitoException("AliasExistsException", "An account with the email already exists.");
export const missingParameter = (name: string) => invalidParameter(`Missing required parameter ${name}`);

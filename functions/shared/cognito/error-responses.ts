import { type ErrorResponse, HttpError } from "../error-response";
import { CognitoError } from "./cognito-error";

/**
 * Responses to errors: Cognito's by their type, all others by their name. An endpoint's own table takes precedence over the
 * common one. A function makes the response from the error's message.
 */
export type ErrorResponses = Readonly<Record<string, ErrorResponse | ((message: string) => ErrorResponse)>>;

/** Errors of a request with a code that reveal whether a user exists, its state, or whom its e-mail address belongs to. */
const revealing = [
  "CodeMismatchException",
  "ExpiredCodeException",
  "UserNotFoundException",
  "UserNotConfirmedException",
  "NotAuthorizedException",
  "InvalidParameterException",
  "AliasExistsException",
  "InvalidPasswordException",
  "PasswordHistoryPolicyViolationException",
  "LimitExceededException",
  "TooManyFailedAttemptsException",
];

/**
 * For public endpoints that take a code: one response to all of these errors, since Cognito may report any of them before
 * it has compared the code. See docs/decisions/0008-nothing-about-users-to-strangers.md.
 * @param message must mention every cause that the caller can correct
 */
export const codeErrors = (message: string): ErrorResponses =>
  Object.fromEntries(revealing.map((type) => [type, { status: 400, message }]));

/**
 * Cognito's rule, such as "Password did not conform with policy: Password not long enough". These texts are fixed and quote
 * nothing; a text of any other form is not passed on.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
 */
const passwordRule =
  /^(Password d(id|oes) not conform (with|to) (password )?policy: [\w ,.'()-]{1,200}|Provided password cannot be used for security reasons\.?)$/;

/** For endpoints that set a password. */
export const passwordErrors: ErrorResponses = {
  InvalidPasswordException: (message) => ({
    status: 400,
    message: passwordRule.test(message) ? message : "Password did not conform with policy",
  }),
  PasswordHistoryPolicyViolationException: { status: 400, message: "Password was used before" },
};

const unavailable: ErrorResponse = { status: 502, message: "The user directory cannot answer now" };
const tooMany: ErrorResponse = { status: 429, message: "Too many requests", retryAfter: 1 };
const tooManyAttempts: ErrorResponse = { status: 429, message: "Too many attempts", retryAfter: 60 };

const common: ErrorResponses = {
  InvalidValue: (message) => ({ status: 400, message: `${fieldIn(message)} has a form that is not accepted` }),
  UserLambdaValidationException: { status: 400, message: "The user pool refused this request" },
  UserNotConfirmedException: { status: 403, message: "User is not confirmed" },
  ForbiddenException: { status: 403, message: "Forbidden" },
  TooManyRequestsException: tooMany,
  ThrottlingException: tooMany,
  LimitExceededException: tooManyAttempts,
  TooManyFailedAttemptsException: tooManyAttempts,
  InternalErrorException: unavailable,
  Unreachable: unavailable,
  InvalidResponse: unavailable,
  Timeout: { status: 504, message: "The user directory did not answer in time" },
};

/** Fields by the member of Cognito's request that they are sent in, as in "Value at 'password' failed to satisfy constraint". */
const fields: Readonly<Record<string, string>> = {
  username: "username",
  password: "password",
  confirmationCode: "code",
  session: "session",
  previousPassword: "previous_password",
  proposedPassword: "proposed_password",
  userCode: "code",
  accessToken: "access_token",
};

const fieldIn = (message: string) => {
  const member = / at '(\w+)/.exec(message)?.[1] ?? "";
  return Object.hasOwn(fields, member) ? fields[member] : "A field";
};

const find = (table: ErrorResponses, type: string) => (Object.hasOwn(table, type) ? table[type] : undefined);

const internal = (requestId: string): ErrorResponse => ({
  status: 500,
  message: `Internal error, request id ${requestId}`,
});

/** Maps any thrown value to a response; one that is in neither table becomes a 500 that names only the request id. */
export function errorResponse(error: unknown, own: ErrorResponses, requestId: string): ErrorResponse {
  if (error instanceof HttpError) return error;
  if (!(error instanceof Error)) return internal(requestId);
  const known =
    error instanceof CognitoError ? (find(own, error.type) ?? find(common, error.type)) : find(own, error.name);
  return typeof known === "function" ? known(error.message) : (known ?? internal(requestId));
}

import { CognitoError, type Refusal, RefusedError } from "../errors";

/**
 * What an endpoint answers to Cognito's errors, by type; the endpoint's own table goes before the common one. Where the
 * answer depends on Cognito's message it is worked out from that.
 */
export type Refusals = Readonly<Record<string, Refusal | ((message: string) => Refusal)>>;

/** One text for every way in which a code can be wrong, an unknown user among them. */
const invalidCode: Refusal = { status: 400, message: "Invalid or expired code" };

/** Cognito's errors about a code, and those that tell that there is no such user, or in which state it is. */
export const invalidCodeRefusals: Refusals = {
  CodeMismatchException: invalidCode,
  ExpiredCodeException: invalidCode,
  UserNotFoundException: invalidCode,
  UserNotConfirmedException: invalidCode,
  NotAuthorizedException: invalidCode,
  InvalidParameterException: invalidCode,
};

/**
 * Cognito's rule, such as "Password did not conform with policy: Password not long enough". These texts are fixed and
 * quote nothing; anything that does not look like one is not passed on.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html
 */
const passwordRule =
  /^(Password d(id|oes) not conform (with|to) (password )?policy: [\w ,.'()-]{1,200}|Provided password cannot be used for security reasons\.?)$/;

/** For endpoints that set a password. */
export const passwordRefusals: Refusals = {
  InvalidPasswordException: (message) => ({
    status: 400,
    message: passwordRule.test(message) ? message : "Password did not conform with policy",
  }),
  PasswordHistoryPolicyViolationException: { status: 400, message: "Password was used before" },
};

const unavailable: Refusal = { status: 502, message: "The user directory cannot answer now" };
const tooMany: Refusal = { status: 429, message: "Too many requests", retryAfter: 1 };
const tooManyAttempts: Refusal = { status: 429, message: "Too many attempts", retryAfter: 60 };

const common: Refusals = {
  InvalidValue: {
    status: 400,
    message: "A field has a form that is not accepted",
  },
  UserLambdaValidationException: { status: 400, message: "The user pool refused this request" },
  UserNotConfirmedException: { status: 403, message: "User is not confirmed" },
  ForbiddenException: { status: 403, message: "Forbidden" },
  TooManyRequestsException: tooMany,
  ThrottlingException: tooMany,
  LimitExceededException: tooManyAttempts,
  TooManyFailedAttemptsException: tooManyAttempts,
  InternalErrorException: unavailable,
  Unreachable: unavailable,
  InvalidAnswer: unavailable,
  Timeout: { status: 504, message: "The user directory did not answer in time" },
};

const find = (refusals: Refusals, type: string) => (Object.hasOwn(refusals, type) ? refusals[type] : undefined);

/** The one place that maps errors to answers. Whatever is not known here is our fault, and told by its request id only. */
export function refusalOf(error: unknown, own: Refusals, requestId: string): Refusal {
  if (error instanceof RefusedError) return error;
  const known = error instanceof CognitoError ? (find(own, error.type) ?? find(common, error.type)) : undefined;
  if (!known) return { status: 500, message: `Internal error, request id ${requestId}` };
  return typeof known === "function" ? known((error as CognitoError).message) : known;
}

/** A request that the gateway itself answers, before or instead of the integration. */
export interface Refusal {
  /** API Gateway's gateway response type: which response of the API shapes the answer. */
  readonly responseType: string;
  readonly status: number;
  readonly message: string;
  /** Value of `x-amzn-ErrorType`. */
  readonly errorType: string;
  /** What the request validator found: `$context.error.validationErrorString`. */
  readonly validationError?: string;
  /** Why, for the local log only: AWS would write it to the execution log. */
  readonly cause?: string;
}

const refusal = (responseType: string, status: number, message: string, errorType: string): Refusal => ({
  responseType,
  status,
  message,
  errorType,
});

export const missingToken = refusal(
  "MISSING_AUTHENTICATION_TOKEN",
  403,
  "Missing Authentication Token",
  "MissingAuthenticationTokenException",
);
export const unauthorized = refusal("UNAUTHORIZED", 401, "Unauthorized", "UnauthorizedException");
export const expiredToken = refusal("EXPIRED_TOKEN", 401, "The incoming token has expired", "UnauthorizedException");
export const throttled = refusal("THROTTLED", 429, "Too Many Requests", "TooManyRequestsException");
/** Seen on AWS when the function's event, larger than the body, exceeds Lambda's own limit of 6 MB. */
export const requestTooLong = refusal("REQUEST_TOO_LARGE", 413, "Request Too Long", "BadRequestException");
export const unsupportedMediaType = refusal(
  "UNSUPPORTED_MEDIA_TYPE",
  415,
  "Unsupported Media Type",
  "BadRequestException",
);

export const badParameters = (names: readonly string[]): Refusal =>
  refusal(
    "BAD_REQUEST_PARAMETERS",
    400,
    `Missing required request parameters: [${names.join(", ")}]`,
    "BadRequestException",
  );

export const badBody = (validationError: string): Refusal => ({
  ...refusal("BAD_REQUEST_BODY", 400, "Invalid request body", "BadRequestException"),
  validationError,
});

const internal = (responseType: string, status: number, cause: string): Refusal => ({
  ...refusal(responseType, status, "Internal server error", "InternalServerErrorException"),
  cause,
});

/** The API is set up wrongly: no permission to invoke, no integration response for a status. */
export const misconfigured = (cause: string): Refusal => internal("API_CONFIGURATION_ERROR", 500, cause);
/** The function failed or its answer is no proxy answer. AWS has no type of its own for it: DEFAULT_5XX shapes it. */
export const badGateway = (cause: string): Refusal => internal("DEFAULT_5XX", 502, cause);
export const timedOut = (milliseconds: number): Refusal => ({
  ...internal("INTEGRATION_TIMEOUT", 504, `no answer within ${milliseconds} ms`),
  message: "Endpoint request timed out",
});

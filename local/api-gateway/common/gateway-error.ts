/** An error response that the REST gateway makes itself, before or instead of the integration. */
export interface GatewayError {
  /** API Gateway's gateway response type: which gateway response of the API shapes this error. */
  readonly responseType: string;
  readonly status: number;
  readonly message: string;
  /** Value of `x-amzn-ErrorType`. */
  readonly errorType: string;
  /** What the request validator found: `$context.error.validationErrorString`. */
  readonly validationError?: string;
  /** The reason, for the local log only: AWS writes it to the execution log. */
  readonly cause?: string;
}

const gatewayError = (responseType: string, status: number, message: string, errorType: string): GatewayError => ({
  responseType,
  status,
  message,
  errorType,
});

export const missingToken = gatewayError(
  "MISSING_AUTHENTICATION_TOKEN",
  403,
  "Missing Authentication Token",
  "MissingAuthenticationTokenException",
);
export const unauthorized = gatewayError("UNAUTHORIZED", 401, "Unauthorized", "UnauthorizedException");
export const expiredToken = gatewayError(
  "EXPIRED_TOKEN",
  401,
  "The incoming token has expired",
  "UnauthorizedException",
);
export const throttled = gatewayError("THROTTLED", 429, "Too Many Requests", "TooManyRequestsException");
/** Seen on AWS when the function's event, larger than the body, exceeds Lambda's own limit of 6 MB. */
export const requestTooLong = gatewayError("REQUEST_TOO_LARGE", 413, "Request Too Long", "BadRequestException");
export const unsupportedMediaType = gatewayError(
  "UNSUPPORTED_MEDIA_TYPE",
  415,
  "Unsupported Media Type",
  "BadRequestException",
);

export const badParameters = (names: readonly string[]): GatewayError =>
  gatewayError(
    "BAD_REQUEST_PARAMETERS",
    400,
    `Missing required request parameters: [${names.join(", ")}]`,
    "BadRequestException",
  );

export const badBody = (validationError: string): GatewayError => ({
  ...gatewayError("BAD_REQUEST_BODY", 400, "Invalid request body", "BadRequestException"),
  validationError,
});

const internal = (responseType: string, status: number, cause: string): GatewayError => ({
  ...gatewayError(responseType, status, "Internal server error", "InternalServerErrorException"),
  cause,
});

/** The API is configured wrongly: no permission to invoke, no integration response for a status. */
export const misconfigured = (cause: string): GatewayError => internal("API_CONFIGURATION_ERROR", 500, cause);
/** The function failed or returned no valid proxy response. AWS has no type for it: DEFAULT_5XX shapes it. */
export const badGateway = (cause: string): GatewayError => internal("DEFAULT_5XX", 502, cause);
export const timedOut = (milliseconds: number): GatewayError => ({
  ...internal("INTEGRATION_TIMEOUT", 504, `no response within ${milliseconds} ms`),
  message: "Endpoint request timed out",
});

import type { GatewayError } from "../common/gateway-error";
import type { ApiResponse } from "../common/response";

/** An error response that an HTTP API makes itself. HTTP APIs have no gateway responses to shape it with. */
export interface HttpApiError {
  readonly status: number;
  readonly message: string;
  /** Value of `www-authenticate`, for errors of the authorizer. */
  readonly challenge?: string;
  /** The reason, for the local log only. */
  readonly cause?: string;
}

export const notFound: HttpApiError = { status: 404, message: "Not Found" };
export const tooManyRequests: HttpApiError = { status: 429, message: "Too Many Requests" };
export const entityTooLarge: HttpApiError = { status: 413, message: "Request Entity Too Large" };

/** The request has no token. */
export const noToken: HttpApiError = { status: 401, message: "Unauthorized", challenge: "Bearer" };

/** @param scopes the route's */
export const invalidToken = (scopes: readonly string[], description: string): HttpApiError => ({
  status: 401,
  message: "Unauthorized",
  challenge: `Bearer scope="${scopes.join(" ")}" error="invalid_token" error_description="${description}"`,
});

export const scopeMissing = (scopes: readonly string[]): HttpApiError => ({
  status: 403,
  message: "Forbidden",
  challenge: `Bearer scope="${scopes.join(" ")}" error="insufficient_scope"`,
});

/** The HTTP API's form of a REST API's error: one text for every failure of the function. */
export function integrationError({ status, cause = "" }: GatewayError): HttpApiError {
  if (status === 413) return entityTooLarge;
  if (status === 504) return { status: 503, message: "Service Unavailable", cause };
  return { status: 500, message: "Internal Server Error", cause };
}

/** The authorizer's errors have no content type (recorded from AWS). */
export const errorResponse = ({ status, message, challenge }: HttpApiError): ApiResponse => ({
  status,
  headers: [challenge === undefined ? ["Content-Type", "application/json"] : ["www-authenticate", challenge]],
  body: JSON.stringify({ message }),
});

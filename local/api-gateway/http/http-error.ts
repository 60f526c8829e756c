import type { Refusal } from "../common/gateway-error";
import type { Answer } from "../common/response";

/** A request that an HTTP API answers itself. Its answers cannot be shaped: there are no gateway responses. */
export interface HttpRefusal {
  readonly status: number;
  readonly message: string;
  /** Value of `www-authenticate`, for refusals of the authorizer. */
  readonly challenge?: string;
  /** Why, for the local log only. */
  readonly cause?: string;
}

export const notFound: HttpRefusal = { status: 404, message: "Not Found" };
export const tooManyRequests: HttpRefusal = { status: 429, message: "Too Many Requests" };
export const entityTooLarge: HttpRefusal = { status: 413, message: "Request Entity Too Large" };

/** No token at all. */
export const noToken: HttpRefusal = { status: 401, message: "Unauthorized", challenge: "Bearer" };

/** @param scopes those of the route, none or several */
export const invalidToken = (scopes: readonly string[], description: string): HttpRefusal => ({
  status: 401,
  message: "Unauthorized",
  challenge: `Bearer scope="${scopes.join(" ")}" error="invalid_token" error_description="${description}"`,
});

export const scopeMissing = (scopes: readonly string[]): HttpRefusal => ({
  status: 403,
  message: "Forbidden",
  challenge: `Bearer scope="${scopes.join(" ")}" error="insufficient_scope"`,
});

/** What an HTTP API says where a REST API would have refused: one text for every failure of the function. */
export function integrationRefusal({ status, cause = "" }: Refusal): HttpRefusal {
  if (status === 413) return entityTooLarge;
  if (status === 504) return { status: 503, message: "Service Unavailable", cause };
  return { status: 500, message: "Internal Server Error", cause };
}

/** Recorded from AWS: the authorizer's refusals have no content type. */
export const refusalAnswer = ({ status, message, challenge }: HttpRefusal): Answer => ({
  status,
  headers: [challenge === undefined ? ["Content-Type", "application/json"] : ["www-authenticate", challenge]],
  body: JSON.stringify({ message }),
});

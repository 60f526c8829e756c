import type { APIGatewayProxyResult, Context } from "aws-lambda";
import type { InferOutput } from "valibot";
import { type ErrorResponses, errorResponse } from "../cognito/error-responses";
import { environment } from "../environment";
import type { BodySchema } from "../schemas";
import { budgetMs } from "../timing";
import { readBody } from "./body";
import { checkToken } from "./claims";
import { corsHeaders, type Headers } from "./cors";
import { header, requestIds } from "./event";
import { logFailure } from "./log";
import { failure, success } from "./response";
import { validate } from "./validate";

export interface EndpointProps<S extends BodySchema> {
  readonly body: S;
  /** End of the message "Please provide username ...": `to log in`. */
  readonly purpose: string;
  /**
   * Responses to Cognito's errors that differ from the common ones.
   * @default - the common ones
   */
  readonly errors?: ErrorResponses;
}

export interface Request {
  /** The event as API Gateway sent it. */
  readonly event: unknown;
  /** Aborts after `budgetMs`, while the function still has time to respond: pass it to every request. */
  readonly signal: AbortSignal;
}

export type Handler = (event: unknown, context?: Partial<Context>) => Promise<APIGatewayProxyResult>;

/**
 * Wraps an operation as a Lambda handler: reads and validates the body, puts the result in the envelope, maps errors to
 * responses. The handler never throws, whatever the event holds: API Gateway would respond 502 without envelope and CORS.
 */
export function endpoint<S extends BodySchema>(
  { body: schema, purpose, errors = {} }: EndpointProps<S>,
  operate: (body: InferOutput<S>, request: Request) => unknown,
): Handler {
  return async (event, context) => {
    let cors: Headers = {};
    try {
      cors = corsHeaders(environment("CORS_ORIGINS"), header(event, "origin"), process.env.CORS_EXPOSED_HEADERS);
      checkToken(event);
      const body = validate(schema, readBody(event), purpose);
      return success(await operate(body, { event, signal: AbortSignal.timeout(budgetMs) }), cors);
    } catch (error) {
      const ids = requestIds(event, context);
      const response = errorResponse(error, errors, ids.requestId);
      if (response.status >= 500) logFailure(error, response.status, ids);
      return failure(response, cors);
    }
  };
}

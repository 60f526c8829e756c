import type { APIGatewayProxyResult, Context } from "aws-lambda";
import type { InferOutput } from "valibot";
import { type Refusals, refusalOf } from "../cognito/refusals";
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
  /** Ends "Please provide username ...": `to log in`. */
  readonly purpose: string;
  /**
   * Answers to Cognito's errors that differ from the common ones.
   * @default - none
   */
  readonly refusals?: Refusals;
}

export interface Request {
  /** The event as API Gateway sent it. */
  readonly event: unknown;
  /** Ends all waiting for Cognito while the function still has time to answer. */
  readonly signal: AbortSignal;
}

export type Handler = (event: unknown, context?: Partial<Context>) => Promise<APIGatewayProxyResult>;

/**
 * The frame of every handler: reads and checks the body, answers in the envelope, maps errors to answers. It never throws,
 * whatever the event holds, because API Gateway would answer 502 with neither envelope nor CORS headers.
 */
export function endpoint<S extends BodySchema>(
  { body: schema, purpose, refusals = {} }: EndpointProps<S>,
  operate: (body: InferOutput<S>, request: Request) => unknown,
): Handler {
  return async (event, context) => {
    let cors: Headers = {};
    try {
      cors = corsHeaders(environment("CORS_ORIGINS"), header(event, "origin"));
      checkToken(event);
      const body = validate(schema, readBody(event), purpose);
      return success(await operate(body, { event, signal: AbortSignal.timeout(budgetMs) }), cors);
    } catch (error) {
      const ids = requestIds(event, context);
      const refusal = refusalOf(error, refusals, ids.requestId);
      if (refusal.status >= 500) logFailure(error, refusal.status, ids);
      return failure(refusal, cors);
    }
  };
}

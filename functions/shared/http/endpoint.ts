import type { APIGatewayProxyResult, Context } from "aws-lambda";
import type { GenericSchema, InferInput, InferOutput } from "valibot";
import { type ErrorResponses, errorResponse } from "../cognito/error-responses";
import { environment } from "../environment";
import { budgetMs } from "../timing";
import { type BodyLimits, checkLimits, readBody } from "./body";
import { type Claims, checkGroups, checkToken, readClaims } from "./claims";
import { corsHeaders, type Headers } from "./cors";
import { header, requestIds } from "./event";
import { logRequest } from "./log";
import { metricsOf } from "./metrics";
import { readPathParameters, readQuery } from "./parameters";
import { failure, type HttpResponse, success } from "./response";
import { checkReturned } from "./returned";
import { isList, shapeOf } from "./schema-shape";
import { readTypedClaims } from "./typed-claims";
import { validate } from "./validate";

/** A schema of objects: `v.object`, `v.strictObject`, `v.variant`, a pipe that begins with one, ... A body may be an array, too. */
type ObjectSchema = GenericSchema<object, unknown>;

/** What a request holds and what comes back. The same object is spread into the endpoint and into its row of the route table. */
export interface EndpointSchemas {
  /**
   * A schema of the JSON body: an object, or an array. Without one the body is not read.
   * @default - no body
   */
  readonly body?: ObjectSchema;
  /**
   * An object schema of the path's variables: `{ id: v.pipe(v.string(), v.uuid()) }`.
   * @default - not read
   */
  readonly pathParameters?: ObjectSchema;
  /**
   * An object schema of the query. Its texts become numbers, booleans, dates and lists where the schema says so.
   * @default - not read
   */
  readonly query?: ObjectSchema;
  /**
   * An object schema of the token's verified claims. They are texts, which become numbers, booleans and lists where the schema says
   * so. A token without these claims gets 403.
   * @default - any token of this app client
   */
  readonly claims?: ObjectSchema;
  /**
   * Schema of the `data` that a success carries, as the client receives it. Data that it rejects is a 500 in tests and on the local
   * API, so that nothing undeclared comes back; on AWS it is not checked.
   * @default - not checked
   */
  readonly returns?: GenericSchema;
}

export interface EndpointProps extends EndpointSchemas, BodyLimits {
  /**
   * End of the message "Please provide username ...": `to log in`.
   * @default - the message ends with the field
   */
  readonly purpose?: string;
  /**
   * Responses to errors by their name (`ConditionalCheckFailedException`), or to Cognito's by their type. They precede the common ones.
   * @default - the common responses to Cognito's errors, 500 to all others
   */
  readonly errors?: ErrorResponses;
  /**
   * What a success counts as, in a stack that collects metrics (ALARM_EMAIL). Of sign-ins, those that Cognito rejects are counted, too.
   * @default - only what every endpoint counts: cold starts, lock-outs, throttled calls of Cognito
   */
  readonly counts?: "SignIns" | "SignUps";
}

type Output<S, Otherwise = undefined> = S extends GenericSchema ? InferOutput<S> : Otherwise;

export interface Request<S extends EndpointSchemas> {
  readonly body: Output<S["body"]>;
  readonly pathParameters: Output<S["pathParameters"]>;
  readonly query: Output<S["query"]>;
  /**
   * The claims of the caller's token: the only source of the caller's identity.
   * @throws {HttpError} 401 on a public route
   */
  readonly claims: Output<S["claims"], Claims>;
  /** The event as API Gateway sent it. */
  readonly event: unknown;
  /** Aborts `budgetMs` after it is first read, while the function still has time to respond: pass it to every request. */
  readonly signal: AbortSignal;
}

type Data<S extends EndpointSchemas> = S["returns"] extends GenericSchema ? InferInput<S["returns"]> : unknown;
export type Result<S extends EndpointSchemas> = Data<S> | HttpResponse<Data<S>>;

export interface Handler {
  (event: unknown, context?: Partial<Context>): Promise<APIGatewayProxyResult>;
  /** What the endpoint was made with: tests compare it with the row of the route table. */
  readonly schemas: EndpointSchemas;
}

/**
 * Wraps an operation as a Lambda handler: reads and validates the request, puts the result in the envelope, maps errors to
 * responses. The handler never throws, whatever the event holds: API Gateway would respond 502 without envelope and CORS.
 * @throws Error if a limit is out of its bounds
 */
export function endpoint<const P extends EndpointProps>(
  props: P,
  operate: (request: Request<P>) => Result<P> | Promise<Result<P>>,
): Handler {
  checkLimits(props);
  const handle = async (event: unknown, context?: Partial<Context>) => {
    let cors: Headers = {};
    const ids = requestIds(event, context);
    try {
      const { CORS_EXPOSED_HEADERS: exposed, REFRESH_TOKEN_COOKIE: cookie } = process.env;
      cors = corsHeaders(environment("CORS_ORIGINS"), header(event, "origin"), exposed, Boolean(cookie));
      checkToken(event);
      checkGroups(event);
      const result = await operate(readRequest(props, event));
      checkReturned(props.returns, result);
      const response = success(result, cors, event);
      const { statusCode: status } = response;
      logRequest(status, undefined, metricsOf(props.counts, result, status), ids, event);
      return response;
    } catch (error) {
      const response = errorResponse(error, props.errors ?? {}, ids.requestId);
      const { status } = response;
      logRequest(status, { error }, metricsOf(props.counts, error, status), ids, event);
      return failure(response, cors);
    }
  };
  return Object.assign(handle, { schemas: props });
}

function readRequest<P extends EndpointProps>(props: P, event: unknown): Request<P> {
  const { pathParameters, query, body, purpose } = props;
  let signal: AbortSignal | undefined;
  const parts = {
    pathParameters:
      pathParameters && validate(pathParameters, readPathParameters(event, pathParameters), purpose, "path"),
    query: query && validate(query, readQuery(event, query), purpose, "query"),
    body: body && validate(body, readBody(event, props, isList(shapeOf(body)) ? "array" : "object"), purpose),
    get claims() {
      return props.claims ? readTypedClaims(props.claims, event) : readClaims(event);
    },
    event,
    // A timer for each request is a fifth of the time of a handler that waits for nothing.
    get signal() {
      signal ??= AbortSignal.timeout(budgetMs);
      return signal;
    },
  };
  if (props.claims) void parts.claims;
  return parts as Request<P>;
}

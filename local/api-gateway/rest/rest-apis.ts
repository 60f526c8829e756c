import type { Apis, Serve } from "../common/api";
import { describeCaller } from "../common/claims";
import { type GatewayError, missingToken, throttled } from "../common/gateway-error";
import type { MappingSources } from "../common/integration";
import { type ApiRequest, BODY_LIMIT } from "../common/request";
import { requestContext } from "../common/request-context";
import type { ApiResponse } from "../common/response";
import { describeLimits } from "../common/throttle";
import type { StepName } from "../common/trace";
import { type RestApiOptions, type RestMethod, type RestStage, readRestStages } from "./rest-stages";

/** The stack's REST APIs. */
export function restApis(options: RestApiOptions, log: (line: string) => void): Apis {
  const stages = [...readRestStages(options)];
  return {
    stages: stages.map(([name, stage]) => ({
      name,
      routes: stage.methods.map(({ httpMethod, context, authorizer, details, integration: { functionName } }) => ({
        method: httpMethod,
        path: context.resourcePath,
        isPrivate: authorizer !== undefined,
        functionName,
        details,
      })),
      serve: withIds((request) => serve(stage, request, log)),
    })),
    elsewhere: withIds(async () => FORBIDDEN),
    tooLong: TOO_LONG,
  };
}

/**
 * Route, throttling, authorizer, validation, integration. AWS does not document that throttling comes before the
 * authorizer; here it slows down guessing of tokens.
 */
async function serve(stage: RestStage, request: ApiRequest, log: (line: string) => void): Promise<ApiResponse> {
  const match = stage.route(request.method, request.path);
  const method = match?.value;
  const sources: MappingSources = {
    request,
    pathParameters: match?.parameters ?? {},
    stageVariables: stage.variables ?? {},
    context: requestContext(request, method?.context ?? stage.context),
  };
  if (!method)
    request.trace?.rejected(
      "matched",
      `no method ${request.method} ${request.path} in the stage ${stage.context.stage}`,
    );
  const result = method ? await respond(method, stage, sources) : { error: missingToken };
  if ("response" in result) return result.response;
  const { status, cause } = result.error;
  if (cause) log(`${request.method} ${request.path} ${status}: ${cause}`);
  return stage.gatewayResponses(result.error, sources);
}

async function respond(
  method: RestMethod,
  stage: RestStage,
  sources: MappingSources,
): Promise<{ response: ApiResponse } | { error: GatewayError }> {
  const { request } = sources;
  const { trace } = request;
  const reject = (
    step: StepName,
    error: GatewayError,
    reason = error.validationError ?? error.cause ?? error.message,
  ) => {
    trace?.rejected(step, reason);
    return { error };
  };
  const { resourcePath } = method.context;
  trace?.passed("matched", `${method.httpMethod} ${resourcePath}`);
  if (!method.takeToken(request.time)) return reject("throttled", throttled, describeLimits(method.limits));
  trace?.passed("throttled", describeLimits(method.limits));
  const authorization = await method.authorizer?.(request, method.scopes, request.time);
  if (authorization && "error" in authorization) return reject("authorized", authorization.error, authorization.reason);
  trace?.passed("authorized", authorization ? describeCaller(authorization.claims) : "public: no authorizer");
  const invalid = method.validation(sources);
  if (invalid) return reject("validated", invalid);
  trace?.passed("validated", method.validated);
  const context = authorization ? { ...sources.context, authorizer: authorization } : sources.context;
  const result = await method.integration.respond({
    sources: { ...sources, context },
    resourcePath,
    stageVariables: stage.variables,
  });
  if ("error" in result) return reject("invoked", result.error);
  trace?.passed("invoked", `${method.integration.functionName ?? "MOCK"} returned ${result.response.status}`);
  return result;
}

/** Adds the identifiers that every response of a REST API carries. */
const withIds =
  (serve: Serve): Serve =>
  async (request) => {
    const response = await serve(request);
    const ids = [
      ["x-amzn-RequestId", request.requestId],
      ["x-amz-apigw-id", request.extendedRequestId],
    ] as const;
    return { ...response, headers: [...response.headers, ...ids] };
  };

/** No stage has this name, so no API's gateway responses apply. */
const FORBIDDEN: ApiResponse = {
  status: 403,
  headers: [
    ["Content-Type", "application/json"],
    ["x-amzn-ErrorType", "ForbiddenException"],
  ],
  body: '{"message":"Forbidden"}',
};

/** Sent before the API is reached: without identifiers, and gateway responses do not apply (seen on AWS). */
const TOO_LONG: ApiResponse = {
  status: 413,
  headers: [
    ["Content-Type", "text; charset=utf-8"],
    ["Connection", "close"],
  ],
  body: `HTTP content length exceeded ${BODY_LIMIT} bytes.`,
};

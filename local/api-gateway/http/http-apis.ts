import type { Apis, Serve } from "../common/api";
import { describeCaller } from "../common/claims";
import type { ApiRequest } from "../common/request";
import { requestContext } from "../common/request-context";
import type { ApiResponse } from "../common/response";
import type { Match } from "../common/router";
import { describeLimits } from "../common/throttle";
import {
  entityTooLarge,
  errorResponse,
  type HttpApiError,
  integrationError,
  notFound,
  tooManyRequests,
} from "./http-api-error";
import { decoded } from "./http-payload";
import { type HttpApiOptions, type HttpRoute, type HttpStage, readHttpStages } from "./http-stages";

type Log = (line: string) => void;

/** The stack's HTTP APIs. */
export function httpApis(options: HttpApiOptions, log: Log): Apis {
  return {
    stages: readHttpStages(options).map((stage) => ({
      name: stage.name,
      routes: stage.routes.map(({ method, path, authorizer, details, integration: { functionName } }) => ({
        method,
        path,
        isPrivate: authorizer !== undefined,
        functionName,
        details,
      })),
      serve: withId((request) => serve(stage, request, log)),
    })),
    elsewhere: withId(async () => errorResponse(notFound)),
    tooLong: { ...errorResponse(entityTooLarge), headers: [["Connection", "close"]] },
  };
}

/** Adds the identifier that every response of an HTTP API carries. */
const withId =
  (serve: Serve): Serve =>
  async (request) => {
    const response = await serve(request);
    return { ...response, headers: [...response.headers, ["apigw-requestid", request.extendedRequestId]] };
  };

/** Preflight, route, throttling, authorizer, integration; then the API's own CORS headers on the response. */
async function serve(stage: HttpStage, request: ApiRequest, log: Log): Promise<ApiResponse> {
  const { cors } = stage;
  if (cors && request.method === "OPTIONS") {
    request.trace?.passed("matched", "preflight: the API's CORS configuration responds");
    return cors.preflight(request);
  }
  const match = stage.route(request.method, request.path);
  if (!match)
    request.trace?.rejected("matched", `no route ${request.method} ${request.path} in the stage ${stage.name}`);
  const result = match ? await respond(stage, match, request) : { error: notFound };
  if ("error" in result && result.error.cause) {
    log(`${request.method} ${request.path} ${result.error.status}: ${result.error.cause}`);
  }
  const response = "response" in result ? result.response : errorResponse(result.error);
  return cors ? cors.dress(request, response) : response;
}

type Outcome = { readonly response: ApiResponse } | { readonly error: HttpApiError };

async function respond(stage: HttpStage, match: Match<HttpRoute>, request: ApiRequest): Promise<Outcome> {
  const { value: route, parameters: pathParameters } = match;
  const { trace } = request;
  trace?.passed("matched", route.key);
  if (!route.takeToken(request.time)) {
    trace?.rejected("throttled", describeLimits(route.limits));
    return { error: tooManyRequests };
  }
  trace?.passed("throttled", describeLimits(route.limits));
  const authorizer = await route.authorizer?.(request, route.scopes, request.time);
  if (authorizer && "error" in authorizer) {
    trace?.rejected("authorized", authorizer.reason);
    return authorizer;
  }
  trace?.passed("authorized", authorizer ? describeCaller(authorizer.claims) : "public: no authorizer");
  const seen = { ...request, path: eventPath(stage.name, request.path) };
  const context = { ...contextOf(stage, route, seen), ...(authorizer && { authorizer }) };
  const result = await route.integration.respond({
    sources: { request: seen, pathParameters, stageVariables: stage.variables ?? {}, context },
    resourcePath: route.path,
    stageVariables: stage.variables,
  });
  if ("error" in result) {
    trace?.rejected("invoked", result.error.cause ?? result.error.message);
    return { error: integrationError(result.error) };
  }
  trace?.passed("invoked", `${route.integration.functionName} returned ${result.response.status}`);
  return result;
}

/**
 * The path that a function sees, unlike a REST API's: with a named stage, and decoded, so that a decoded question mark
 * ends it (seen on AWS, hotsock/voker#8).
 */
function eventPath(stage: string, path: string): string {
  const [whole = ""] = decoded(path).split("?");
  return stage === "$default" ? whole : `/${stage}${whole}`;
}

/** `requestContext` of payload 1.0 as an HTTP API fills it. */
function contextOf({ name, apiId, accountId, region }: HttpStage, { key, path }: HttpRoute, request: ApiRequest) {
  const api = { accountId, apiId, deploymentId: "", region, stage: name, resourceId: key, resourcePath: path };
  const { deploymentId: _, identity, ...context } = requestContext(request, api);
  return {
    ...context,
    identity: { ...identity, cognitoAmr: null },
    path: request.path,
    requestId: request.extendedRequestId,
  };
}

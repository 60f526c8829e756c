import type { Apis, Serve } from "../common/api";
import type { ApiRequest } from "../common/request";
import { requestContext } from "../common/request-context";
import type { ApiResponse } from "../common/response";
import {
  entityTooLarge,
  errorResponse,
  type HttpApiError,
  integrationError,
  notFound,
  tooManyRequests,
} from "./http-api-error";
import { type HttpApiOptions, type HttpRoute, type HttpStage, readHttpStages } from "./http-stages";

type Log = (line: string) => void;

/** The stack's HTTP APIs. */
export function httpApis(options: HttpApiOptions, log: Log): Apis {
  return {
    stages: readHttpStages(options).map((stage) => [stage.name, withId((request) => serve(stage, request, log))]),
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
  if (cors && request.method === "OPTIONS") return cors.preflight(request);
  const match = stage.route(request.path);
  const route = match?.value.get(request.method) ?? match?.value.get("ANY");
  const result = match && route ? await respond(stage, route, request, match.parameters) : { error: notFound };
  if ("error" in result && result.error.cause) {
    log(`${request.method} ${request.path} ${result.error.status}: ${result.error.cause}`);
  }
  const response = "response" in result ? result.response : errorResponse(result.error);
  return cors ? cors.dress(request, response) : response;
}

type Outcome = { readonly response: ApiResponse } | { readonly error: HttpApiError };

async function respond(
  stage: HttpStage,
  route: HttpRoute,
  request: ApiRequest,
  pathParameters: Readonly<Record<string, string>>,
): Promise<Outcome> {
  if (!route.takeToken(request.time)) return { error: tooManyRequests };
  const authorizer = (await route.authorizer?.(request, route.scopes, request.time)) ?? { claims: null, scopes: null };
  if ("error" in authorizer) return authorizer;
  const result = await route.integration({
    sources: {
      // With the stage, unlike in a REST API's event.
      request: { ...request, path: `/${stage.name}${request.path}` },
      pathParameters,
      stageVariables: stage.variables ?? {},
      context: { ...contextOf(stage, route, request), authorizer },
    },
    resourcePath: route.path,
    stageVariables: stage.variables,
  });
  return "error" in result ? { error: integrationError(result.error) } : result;
}

/** `requestContext` of payload 1.0 as an HTTP API fills it. */
function contextOf({ name, apiId, accountId, region }: HttpStage, { key, path }: HttpRoute, request: ApiRequest) {
  const api = { accountId, apiId, deploymentId: "", region, stage: name, resourceId: key, resourcePath: path };
  const { deploymentId: _, ...context } = requestContext(request, api);
  return { ...context, requestId: request.extendedRequestId };
}

import type { Apis, Serve } from "../common/api";
import type { Call } from "../common/request";
import { requestContext } from "../common/request-context";
import type { Answer } from "../common/response";
import {
  entityTooLarge,
  type HttpRefusal,
  integrationRefusal,
  notFound,
  refusalAnswer,
  tooManyRequests,
} from "./http-error";
import { type HttpApiOptions, type HttpRoute, type HttpStage, readHttpStages } from "./read-http-apis";

type Log = (line: string) => void;

/** The stack's HTTP APIs. */
export function httpApis(options: HttpApiOptions, log: Log): Apis {
  return {
    stages: readHttpStages(options).map((stage) => [stage.name, withId((call) => serve(stage, call, log))]),
    elsewhere: withId(async () => refusalAnswer(notFound)),
    tooLong: { ...refusalAnswer(entityTooLarge), headers: [["Connection", "close"]] },
  };
}

/** The identifier that every answer of the API carries. */
const withId =
  (serve: Serve): Serve =>
  async (call) => {
    const answer = await serve(call);
    return { ...answer, headers: [...answer.headers, ["apigw-requestid", call.extendedRequestId]] };
  };

/** Preflight, route, throttling, authorizer, integration; then the API's own CORS headers on whatever came out. */
async function serve(stage: HttpStage, call: Call, log: Log): Promise<Answer> {
  const { cors } = stage;
  if (cors && call.method === "OPTIONS") return cors.preflight(call);
  const match = stage.route(call.path);
  const route = match?.value.get(call.method) ?? match?.value.get("ANY");
  const result = match && route ? await admit(stage, route, call, match.parameters) : { refusal: notFound };
  if ("refusal" in result && result.refusal.cause) {
    log(`${call.method} ${call.path} ${result.refusal.status}: ${result.refusal.cause}`);
  }
  const answer = "answer" in result ? result.answer : refusalAnswer(result.refusal);
  return cors ? cors.dress(call, answer) : answer;
}

type Outcome = { readonly answer: Answer } | { readonly refusal: HttpRefusal };

async function admit(
  stage: HttpStage,
  route: HttpRoute,
  call: Call,
  pathParameters: Readonly<Record<string, string>>,
): Promise<Outcome> {
  if (!route.admits(call.time)) return { refusal: tooManyRequests };
  const authorizer = (await route.authorizer?.(call, route.scopes, call.time)) ?? { claims: null, scopes: null };
  if ("refusal" in authorizer) return authorizer;
  const result = await route.integration({
    scope: {
      // With the stage, unlike in a REST API's event.
      call: { ...call, path: `/${stage.name}${call.path}` },
      pathParameters,
      stageVariables: stage.variables ?? {},
      context: { ...contextOf(stage, route, call), authorizer },
    },
    resourcePath: route.path,
    stageVariables: stage.variables,
  });
  return "refusal" in result ? { refusal: integrationRefusal(result.refusal) } : result;
}

/** `requestContext` of payload 1.0 as an HTTP API fills it. */
function contextOf({ name, apiId, accountId, region }: HttpStage, { key, path }: HttpRoute, call: Call) {
  const api = { accountId, apiId, deploymentId: "", region, stage: name, resourceId: key, resourcePath: path };
  const { deploymentId: _, ...context } = requestContext(call, api);
  return { ...context, requestId: call.extendedRequestId };
}

import type { Apis, Serve } from "../common/api";
import { missingToken, type Refusal, throttled } from "../common/gateway-error";
import type { Scope } from "../common/integration";
import { BODY_LIMIT, type Call } from "../common/request";
import { requestContext } from "../common/request-context";
import type { Answer } from "../common/response";
import { type Method, type RestApiOptions, readStages, type Stage } from "./read-rest-apis";

/** The stack's REST APIs. */
export function restApis(options: RestApiOptions, log: (line: string) => void): Apis {
  const stages = [...readStages(options)];
  return {
    stages: stages.map(([name, stage]) => [name, withIds((call) => serve(stage, call, log))]),
    elsewhere: withIds(async () => FORBIDDEN),
    tooLong: TOO_LONG,
  };
}

/**
 * Route, throttling, authorizer, validation, integration. That throttling comes before the authorizer is not
 * documented; here it makes guessing tokens as slow as guessing passwords.
 */
async function serve(stage: Stage, call: Call, log: (line: string) => void): Promise<Answer> {
  const match = stage.route(call.path);
  const method = match?.value.get(call.method) ?? match?.value.get("ANY");
  const scope: Scope = {
    call,
    pathParameters: match?.parameters ?? {},
    stageVariables: stage.variables ?? {},
    context: requestContext(call, method?.context ?? stage.context),
  };
  const result = method ? await admit(method, stage, scope) : { refusal: missingToken };
  if ("answer" in result) return result.answer;
  const { status, cause } = result.refusal;
  if (cause) log(`${call.method} ${call.path} ${status}: ${cause}`);
  return stage.gatewayResponses(result.refusal, scope);
}

async function admit(method: Method, stage: Stage, scope: Scope): Promise<{ answer: Answer } | { refusal: Refusal }> {
  const { call } = scope;
  if (!method.admits(call.time)) return { refusal: throttled };
  const authorization = await method.authorizer?.(call, method.scopes, call.time);
  if (authorization && "refusal" in authorization) return authorization;
  const invalid = method.validation(call);
  if (invalid) return { refusal: invalid };
  const context = authorization ? { ...scope.context, authorizer: authorization } : scope.context;
  const { resourcePath } = method.context;
  return method.integration({ scope: { ...scope, context }, resourcePath, stageVariables: stage.variables });
}

/** The identifiers that every answer of the API carries. */
const withIds =
  (serve: Serve): Serve =>
  async (call) => {
    const answer = await serve(call);
    const ids = [
      ["x-amzn-RequestId", call.requestId],
      ["x-amz-apigw-id", call.extendedRequestId],
    ] as const;
    return { ...answer, headers: [...answer.headers, ...ids] };
  };

/** No stage of this name: there is no API whose gateway responses could apply. */
const FORBIDDEN: Answer = {
  status: 403,
  headers: [
    ["Content-Type", "application/json"],
    ["x-amzn-ErrorType", "ForbiddenException"],
  ],
  body: '{"message":"Forbidden"}',
};

/** Seen on AWS: refused before the API is reached, so without identifiers and not to be customised. */
const TOO_LONG: Answer = {
  status: 413,
  headers: [
    ["Content-Type", "text; charset=utf-8"],
    ["Connection", "close"],
  ],
  body: `HTTP content length exceeded ${BODY_LIMIT} bytes.`,
};

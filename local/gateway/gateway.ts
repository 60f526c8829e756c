import type { IncomingMessage, ServerResponse } from "node:http";
import type { Functions } from "../lambda/functions";
import type { Template } from "../template";
import { type Answer, send } from "./answer";
import { BODY_LIMIT, type Call, readBody, requestIds, splitTarget } from "./call";
import type { Scope } from "./mapping-expression";
import { missingToken, type Refusal, throttled } from "./refusal";
import { requestContext } from "./request-context";
import { type Method, readStages, type Stage } from "./rest-api";
import { createVerifier, type Jwks } from "./verifier";

export interface GatewayOptions {
  readonly template: Template;
  readonly functions: Functions;
  /** Public keys of a pool: what tokens are verified with. */
  readonly jwks: Jwks;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Receives why a call failed with 5xx, one line at a time: what AWS writes to the execution log. */
  log(line: string): void;
}

export interface Gateway {
  /** Names of the stages that are served: each is the first segment of its paths. */
  readonly stages: readonly string[];
  handler(req: IncomingMessage, res: ServerResponse): void;
}

/**
 * Serves the REST APIs of a stack under their stages.
 * @throws TemplateError if the stack holds no deployed API or something in it is not served locally
 */
export function createGateway({ template, functions, jwks, now, log }: GatewayOptions): Gateway {
  const stages = readStages({ template, functions, verify: createVerifier(jwks) });
  const answer = async (req: IncomingMessage): Promise<Answer> => {
    const { stage: name, path, query } = splitTarget(req.url ?? "/");
    const body = await readBody(req);
    if (!body) return TOO_LONG;
    const { method = "GET", rawHeaders, headers } = req;
    const call: Call = {
      method,
      path,
      query,
      rawHeaders,
      headers,
      body,
      sourceIp: req.socket.remoteAddress ?? "127.0.0.1",
      protocol: `HTTP/${req.httpVersion}`,
      time: now(),
      ...requestIds(req),
    };
    const stage = stages.get(name);
    return withIds(call, stage ? await serve(stage, call, log) : FORBIDDEN);
  };
  return {
    stages: [...stages.keys()],
    handler: (req, res) => {
      answer(req)
        .catch((error: unknown) => unexpected(error, log))
        .then((result) => send(res, result))
        .catch(() => res.destroy());
    },
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
function withIds({ requestId, extendedRequestId }: Call, answer: Answer): Answer {
  const ids = [
    ["x-amzn-RequestId", requestId],
    ["x-amz-apigw-id", extendedRequestId],
  ] as const;
  return { ...answer, headers: [...answer.headers, ...ids] };
}

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

/** A defect here, not in the stack: shown, and answered as AWS answers its own. */
function unexpected(error: unknown, log: (line: string) => void): Answer {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return {
    status: 500,
    headers: [
      ["Content-Type", "application/json"],
      ["x-amzn-ErrorType", "InternalServerErrorException"],
    ],
    body: '{"message":"Internal server error"}',
  };
}

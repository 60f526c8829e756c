import type { IncomingMessage, ServerResponse } from "node:http";
import type { Functions } from "../lambda/functions";
import { StackError, type SynthesizedStack } from "../terraform/read-stack";
import type { Apis, DetailedRoute, ServedStage } from "./common/api";
import { type ApiRequest, readBody, requestIds, splitTarget } from "./common/request";
import { type ApiResponse, send } from "./common/response";
import { type Observer, Trace } from "./common/trace";
import { newTraceId } from "./common/trace-id";
import { createVerifier, type Jwks } from "./common/verifier";
import { httpApis } from "./http/http-apis";
import { restApis } from "./rest/rest-apis";
import type { RestApiOptions } from "./rest/rest-stages";

export interface GatewayOptions {
  readonly stack: SynthesizedStack;
  readonly functions: Functions;
  /** Public keys of a pool, to verify tokens with. */
  readonly jwks: Jwks;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Receives one line per 5xx response with its cause: what AWS writes to the execution log. */
  log(line: string): void;
  /** Sees every request whose body was read. @default - no request is traced */
  readonly observer?: Observer;
}

export interface Gateway {
  /** Names of the stages that are served: the first segment of their paths. */
  readonly stages: readonly string[];
  readonly routes: readonly DetailedRoute[];
  handler(req: IncomingMessage, res: ServerResponse): void;
}

/**
 * Serves the REST and HTTP APIs of a stack under their stages.
 * @throws StackError if the stack holds no deployed API or something in it is not served locally
 */
export function createGateway({ stack, functions, jwks, now, log, observer }: GatewayOptions): Gateway {
  const apis = readApis({ stack, functions, verify: createVerifier(jwks) }, log);
  const stages = stagesOf(apis);
  const [{ elsewhere, tooLong }] = apis;
  const response = async (req: IncomingMessage): Promise<ApiResponse> => {
    const { stage: first, path, query, whole } = splitTarget(req.url ?? "/");
    const named = stages.get(first);
    const body = await readBody(req);
    if (!body) return tooLong;
    const { method = "GET", rawHeaders, headers } = req;
    const time = now();
    const untraced: ApiRequest = {
      method,
      path,
      query,
      rawHeaders,
      headers,
      body,
      sourceIp: req.socket.remoteAddress ?? "127.0.0.1",
      protocol: `HTTP/${req.httpVersion}`,
      time,
      traceId: headers["x-amzn-trace-id"]?.toString() || newTraceId(time),
      ...requestIds(req),
    };
    const trace = observer && new Trace(untraced, req.url ?? "/", observer);
    const request = trace ? { ...untraced, trace } : untraced;
    const result = await respond(request, named, whole).catch((error: unknown) => unexpected(error, log));
    trace?.end(result);
    return result;
  };
  const respond = async (request: ApiRequest, named: ServedStage | undefined, whole: string) => {
    if (named) return named.serve(request);
    // An HTTP API's stage $default has no segment of its own, and serves what no other stage does.
    const byDefault = stages.get("$default");
    if (byDefault) return byDefault.serve({ ...request, path: whole });
    request.trace?.rejected("matched", `the path must begin with a stage: ${[...stages.keys()].join(", ")}`);
    return elsewhere(request);
  };
  return {
    stages: [...stages.keys()],
    routes: [...stages.values()].flatMap(({ routes }) => routes),
    handler: (req, res) => {
      response(req)
        .catch((error: unknown) => unexpected(error, log))
        .then((result) => send(res, result))
        .catch(() => res.destroy());
    },
  };
}

function readApis(options: RestApiOptions, log: (line: string) => void): [Apis, ...Apis[]] {
  const has = (type: string) => options.stack.resources(type).length > 0;
  const [first, ...others] = [
    ...(has("aws_api_gateway_rest_api") ? [restApis(options, log)] : []),
    ...(has("aws_apigatewayv2_api") ? [httpApis(options, log)] : []),
  ];
  if (first) return [first, ...others];
  throw new StackError(
    "cdk.tf.json declares no aws_api_gateway_rest_api and no aws_apigatewayv2_api: nothing to serve",
  );
}

function stagesOf(apis: readonly Apis[]): ReadonlyMap<string, ServedStage> {
  const found = new Map<string, ServedStage>();
  for (const stage of apis.flatMap(({ stages }) => stages)) {
    if (found.has(stage.name))
      throw new StackError(`cdk.tf.json has two stages ${stage.name}, and one port serves both`);
    found.set(stage.name, stage);
  }
  return found;
}

/** A defect of this server, not of the stack: logged, and returned as AWS returns an internal error. */
function unexpected(error: unknown, log: (line: string) => void): ApiResponse {
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

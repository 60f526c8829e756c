import type { Functions } from "../../lambda/functions";
import { nested, text } from "../../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import type { Integration } from "../common/integration";
import { type Binary, createLambdaProxy } from "../common/lambda-proxy";
import { mayInvoke, methodArn } from "../common/permission";
import { createRouter, type Match } from "../common/router";
import { type Bucket, createBucket, unlimited } from "../common/throttle";
import type { Verifier } from "../common/verifier";
import { type Cors, createCors } from "./cors";
import { createJwtAuthorizer, type JwtAuthorizer } from "./jwt-authorizer";

/** One route of a stage, ready to serve. */
export interface HttpRoute {
  /** `GET /hello` */
  readonly key: string;
  readonly path: string;
  readonly authorizer: JwtAuthorizer | undefined;
  readonly scopes: readonly string[];
  readonly takeToken: Bucket;
  readonly integration: Integration;
}

/** One stage of an HTTP API. */
export interface HttpStage {
  readonly name: string;
  readonly apiId: string;
  readonly accountId: string;
  readonly region: string;
  readonly variables: Readonly<Record<string, string>> | null;
  readonly cors: Cors | undefined;
  /** Routes at a path, by method. */
  route(path: string): Match<ReadonlyMap<string, HttpRoute>> | undefined;
}

export interface HttpApiOptions {
  readonly stack: SynthesizedStack;
  readonly functions: Functions;
  readonly verify: Verifier;
}

/** What every route of one stage shares while it is read. */
interface Reading extends HttpApiOptions {
  readonly api: Block;
  readonly stage: Block;
}

/**
 * Every stage of the stack's HTTP APIs, in the order of the file.
 * @throws StackError for what AWS rejects, and for what is not served locally
 */
export function readHttpStages(options: HttpApiOptions): HttpStage[] {
  const { stack } = options;
  const stages = stack.resources("aws_apigatewayv2_stage");
  for (const api of stack.resources("aws_apigatewayv2_api")) {
    if (api.values.protocol_type !== "HTTP") {
      throw new StackError(`${api.address}: protocol_type ${api.values.protocol_type} is not served locally`);
    }
    if (!stages.some((stage) => stage.values.api_id === api.values.id)) {
      throw new StackError(`${api.address}: the API has no aws_apigatewayv2_stage, so nothing of it is deployed`);
    }
  }
  return stages.map((stage) => readStage(options, stage));
}

function readStage(options: HttpApiOptions, stage: Block): HttpStage {
  const { stack } = options;
  const name = String(stage.values.name);
  const api = stack.resources("aws_apigatewayv2_api").find((block) => block.values.id === stage.values.api_id);
  if (!api) throw new StackError(`${stage.address}: its API is not declared in cdk.tf.json`);
  if (name === "$default") throw new StackError(`${stage.address}: the stage $default is not served locally`);
  if (stage.values.auto_deploy !== true && stage.values.deployment_id === undefined) {
    throw new StackError(`${stage.address}: neither auto_deploy nor deployment_id is set, so nothing is deployed`);
  }
  return {
    name,
    apiId: String(api.values.id),
    accountId: stack.accountId,
    region: stack.region,
    variables: (nested(stage.values.stage_variables) as Record<string, string> | undefined) ?? null,
    cors: createCors(api),
    route: strict(createRouter(routesOf({ ...options, api, stage }))),
  };
}

/** Unlike on a REST API, `/hello/` is another path than `/hello`. */
function strict<T>(find: (path: string) => Match<T> | undefined): (path: string) => Match<T> | undefined {
  return (path) => (path.length > 1 && path.endsWith("/") ? undefined : find(path));
}

function routesOf(reading: Reading): Map<string, Map<string, HttpRoute>> {
  const paths = new Map<string, Map<string, HttpRoute>>();
  for (const block of reading.stack.resources("aws_apigatewayv2_route")) {
    if (block.values.api_id !== reading.api.values.id) continue;
    const key = String(block.values.route_key);
    const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
    if (!method || !path) throw new StackError(`${block.address}: route_key ${key} is not served locally`);
    const methods = paths.get(path) ?? new Map<string, HttpRoute>();
    paths.set(path, methods.set(method, { key, path, ...readRoute(reading, block, method, path) }));
  }
  return paths;
}

function readRoute(reading: Reading, block: Block, method: string, path: string): Omit<HttpRoute, "key" | "path"> {
  return {
    authorizer: authorizerOf(reading, block),
    scopes: [block.values.authorization_scopes ?? []].flat().map(String),
    takeToken: bucketOf(reading.stage, String(block.values.route_key)),
    integration: integrationOf(reading, block, method, path),
  };
}

function authorizerOf({ stack, verify }: Reading, { address, values }: Block): JwtAuthorizer | undefined {
  const { authorization_type: type = "NONE" } = values;
  if (type === "NONE") return undefined;
  if (type !== "JWT") throw new StackError(`${address}: authorization_type ${type} is not served locally`);
  const blocks = stack.resources("aws_apigatewayv2_authorizer");
  const authorizer = blocks.find((block) => block.values.id === values.authorizer_id);
  if (!authorizer) throw new StackError(`${address}: authorization_type JWT needs an authorizer_id`);
  return createJwtAuthorizer(stack, authorizer, verify);
}

function integrationOf({ stack, api, stage, functions }: Reading, route: Block, method: string, path: string) {
  const integration = stack
    .resources("aws_apigatewayv2_integration")
    .find(({ values }) => route.values.target === `integrations/${values.id}`);
  if (!integration) throw new StackError(`${route.address}: its target is no aws_apigatewayv2_integration`);
  const { address, values } = integration;
  if (values.integration_type !== "AWS_PROXY" || values.payload_format_version !== "1.0") {
    throw new StackError(`${address}: only AWS_PROXY with payload_format_version 1.0 is served locally`);
  }
  const source = methodArn(String(api.values.execution_arn), String(stage.values.name), method, path);
  // The attributes under the names that a REST API's integration has.
  const proxy = {
    uri: values.integration_uri,
    integration_http_method: values.integration_method ?? "POST",
    credentials: values.credentials_arn,
    timeout_milliseconds: values.timeout_milliseconds ?? TIMEOUT_MS,
  };
  return createLambdaProxy(
    { ...integration, values: proxy },
    {
      functions,
      permitted: (functionArn) => mayInvoke(stack, functionArn, source),
      binary,
      version: "1.0",
    },
  );
}

/** How long an HTTP API waits unless the integration says less, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** The function gets text as it is and everything else in base64; `isBase64Encoded` of a response always counts. */
const binary: Binary = {
  request: (type) => !/^(text\/.*|application\/(json|xml|javascript|.*\+json|.*\+xml))$/.test(type),
  response: () => true,
};

/** A route's own settings take precedence over those of the stage. */
function bucketOf({ values }: Block, key: string): Bucket {
  const own = [values.route_settings ?? []].flat().find((settings) => nested(settings)?.route_key === key);
  const settings = { ...nested(values.default_route_settings), ...nested(own) };
  const rate = Number(text(settings.throttling_rate_limit) ?? -1);
  const burst = Number(text(settings.throttling_burst_limit) ?? -1);
  return rate < 0 || burst < 0 ? unlimited : createBucket(rate, burst);
}

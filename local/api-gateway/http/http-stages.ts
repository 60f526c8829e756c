import type { Functions } from "../../lambda/functions";
import { nested } from "../../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import { indexBlocks } from "../common/index-blocks";
import type { Integration } from "../common/integration";
import { createLambdaProxy } from "../common/lambda-proxy";
import { mayInvoke, methodArn } from "../common/permission";
import { pathParameters, type RouteDetails } from "../common/route-details";
import { createRouter, httpSegments, type Router } from "../common/router";
import { type Bucket, createBucket, type Limits, readLimits } from "../common/throttle";
import type { Verifier } from "../common/verifier";
import { type Cors, createCors } from "./cors";
import { httpPayloads } from "./http-payload";
import { createJwtAuthorizer, type JwtAuthorizer } from "./jwt-authorizer";
import { withQuickCreate } from "./quick-create";

/** One route of a stage, ready to serve. */
export interface HttpRoute {
  /** `GET /hello`, `$default` */
  readonly key: string;
  readonly method: string;
  /** `/hello`; `$default` for the route of that name. */
  readonly path: string;
  readonly authorizer: JwtAuthorizer | undefined;
  readonly scopes: readonly string[];
  readonly takeToken: Bucket;
  readonly limits: Limits | undefined;
  details(): RouteDetails;
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
  readonly routes: readonly HttpRoute[];
  readonly route: Router<HttpRoute>;
}

export interface HttpApiOptions {
  readonly stack: SynthesizedStack;
  readonly functions: Functions;
  readonly verify: Verifier;
}

interface ReadingOptions extends HttpApiOptions {
  /** @param target `integrations/<id>` */
  integration(target: unknown): Block | undefined;
}

/** What every route of one stage shares while it is read. */
interface Reading extends ReadingOptions {
  readonly api: Block;
  readonly stage: Block;
}

/**
 * Every stage of the stack's HTTP APIs, in the order of the file.
 * @throws StackError for what AWS rejects, and for what is not served locally
 */
export function readHttpStages({ stack: written, ...others }: HttpApiOptions): HttpStage[] {
  const stack = withQuickCreate(written);
  const stages = stack.resources("aws_apigatewayv2_stage");
  for (const api of stack.resources("aws_apigatewayv2_api")) {
    if (api.values.protocol_type !== "HTTP") {
      throw new StackError(`${api.address}: protocol_type ${api.values.protocol_type} is not served locally`);
    }
    if (!stages.some((stage) => stage.values.api_id === api.values.id)) {
      throw new StackError(`${api.address}: the API has no aws_apigatewayv2_stage, so nothing of it is deployed`);
    }
  }
  const integrations = indexBlocks(stack.resources("aws_apigatewayv2_integration"), "id");
  const integration = (target: unknown) => {
    const [, id] = /^integrations\/(.+)$/.exec(String(target)) ?? [];
    return integrations({ id })[0];
  };
  return stages.map((stage) => readStage({ ...others, stack, integration }, stage));
}

function readStage(options: ReadingOptions, stage: Block): HttpStage {
  const { stack } = options;
  const name = String(stage.values.name);
  const api = stack.resources("aws_apigatewayv2_api").find((block) => block.values.id === stage.values.api_id);
  if (!api) throw new StackError(`${stage.address}: its API is not declared in cdk.tf.json`);
  if (stage.values.auto_deploy !== true && stage.values.deployment_id === undefined) {
    throw new StackError(`${stage.address}: neither auto_deploy nor deployment_id is set, so nothing is deployed`);
  }
  const routes = readRoutes({ ...options, api, stage });
  return {
    name,
    apiId: String(api.values.id),
    accountId: stack.accountId,
    region: stack.region,
    variables: variablesOf(stage),
    cors: createCors(api),
    routes,
    route: createHttpRouter(routes),
  };
}

const variablesOf = ({ values }: Block) =>
  (nested(values.stage_variables) as Record<string, string> | undefined) ?? null;

/** The route `$default` serves what no other route does. */
function createHttpRouter(routes: readonly HttpRoute[]): Router<HttpRoute> {
  const find = createRouter(
    routes.filter(({ key }) => key !== DEFAULT).map((route) => [route.method, route.path, route] as const),
    httpSegments,
  );
  const byDefault = routes.find(({ key }) => key === DEFAULT);
  return (method, path) => find(method, path) ?? (byDefault && { value: byDefault, parameters: {} });
}

const DEFAULT = "$default";

function readRoutes(reading: Reading): HttpRoute[] {
  const blocks = reading.stack.resources("aws_apigatewayv2_route");
  return blocks
    .filter(({ values }) => values.api_id === reading.api.values.id)
    .map((block) => {
      const key = String(block.values.route_key);
      const [, method = "", path = DEFAULT] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
      if (method === "" && key !== DEFAULT) {
        throw new StackError(`${block.address}: route_key ${key} is not served locally`);
      }
      return { key, method, path, ...readRoute(reading, block, method, path) };
    });
}

function readRoute(
  reading: Reading,
  block: Block,
  method: string,
  path: string,
): Omit<HttpRoute, "key" | "method" | "path"> {
  const limits = limitsOf(reading.stage, String(block.values.route_key));
  return {
    authorizer: authorizerOf(reading, block),
    scopes: [block.values.authorization_scopes ?? []].flat().map(String),
    takeToken: createBucket(limits),
    limits,
    details: () => detailsOf(reading, block, path, limits),
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

function integrationOf(reading: Reading, route: Block, method: string, path: string) {
  const { stack, api, stage, functions } = reading;
  const integration = reading.integration(route.values.target);
  if (!integration) throw new StackError(`${route.address}: its target is no aws_apigatewayv2_integration`);
  const { address, values } = integration;
  // Terraform's default.
  const payload = httpPayloads[String(values.payload_format_version ?? "1.0")];
  if (values.integration_type !== "AWS_PROXY" || !payload) {
    throw new StackError(`${address}: only AWS_PROXY with payload_format_version 1.0 or 2.0 is served locally`);
  }
  if (values.credentials_arn) throw new StackError(`${address}: credentials_arn is not served locally`);
  const executionArn = String(api.values.execution_arn);
  const source = methodArn(executionArn, String(stage.values.name), method, path);
  const wrongMethod = "integration_method must be POST to invoke a function";
  return createLambdaProxy(address, values.integration_uri, {
    functions,
    permitted: (functionArn) => mayInvoke(stack, functionArn, source),
    payload,
    stageVariables: variablesOf(stage),
    timeoutMs: Number(values.timeout_milliseconds ?? TIMEOUT_MS),
    ...((values.integration_method ?? "POST") !== "POST" && { fault: () => wrongMethod }),
  });
}

/** How long an HTTP API waits unless the integration says less, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** A route's own settings take precedence over those of the stage. */
function limitsOf({ values }: Block, key: string): Limits | undefined {
  const own = [values.route_settings ?? []].flat().find((settings) => nested(settings)?.route_key === key);
  return readLimits({ ...nested(values.default_route_settings), ...nested(own) });
}

/** An HTTP API has no request models: nothing says what its bodies are. */
function detailsOf(
  { stack, stage, integration }: Reading,
  { values }: Block,
  path: string,
  limits: Limits | undefined,
): RouteDetails {
  const blocks = stack.resources("aws_apigatewayv2_authorizer");
  const authorizer = blocks.find((block) => block.values.id === values.authorizer_id);
  const [source] = [authorizer?.values.identity_sources ?? []].flat().map(String);
  return {
    stage: String(stage.values.name),
    authorizer: authorizer?.address,
    tokenHeader: source?.split(".").at(-1),
    scopes: [values.authorization_scopes ?? []].flat().map(String),
    limits,
    timeoutMs: Number(integration(values.target)?.values.timeout_milliseconds ?? TIMEOUT_MS),
    bodySchema: undefined,
    parameters: pathParameters(path),
  };
}

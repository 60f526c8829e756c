import type { Functions } from "../../lambda/functions";
import { type JsonObject, nested } from "../../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import { indexBlocks } from "../common/index-blocks";
import type { Integration } from "../common/integration";
import { createLambdaProxy } from "../common/lambda-proxy";
import { mayInvoke, methodArn } from "../common/permission";
import type { MethodContext } from "../common/request-context";
import type { RouteDetails } from "../common/route-details";
import { createRouter, type Router, restSegments } from "../common/router";
import { type Bucket, createBucket, type Limits, readLimits } from "../common/throttle";
import type { Verifier } from "../common/verifier";
import { type Authorizer, createAuthorizer } from "./cognito-authorizer";
import { createGatewayResponses, type GatewayResponses } from "./gateway-responses";
import { createMappingFault } from "./integration-parameters";
import { createMock } from "./mock";
import { restDetails } from "./rest-details";
import { binaryTypes, restPayload } from "./rest-payload";
import { createModels, createValidation, describeValidation, type Models, type Validation } from "./validation";

/** One deployed method of a stage, ready to serve. */
export interface RestMethod {
  readonly httpMethod: string;
  readonly context: MethodContext & { readonly resourcePath: string };
  readonly authorizer: Authorizer | undefined;
  readonly scopes: readonly string[];
  readonly takeToken: Bucket;
  readonly limits: Limits | undefined;
  readonly validation: Validation;
  /** What the validation checks, in words. */
  readonly validated: string;
  details(): RouteDetails;
  readonly integration: Integration;
}

/** One stage of a REST API. */
export interface RestStage {
  readonly context: MethodContext;
  readonly variables: Readonly<Record<string, string>> | null;
  readonly gatewayResponses: GatewayResponses;
  readonly methods: readonly RestMethod[];
  readonly route: Router<RestMethod>;
}

export interface RestApiOptions {
  readonly stack: SynthesizedStack;
  readonly functions: Functions;
  readonly verify: Verifier;
}

/** What every method of one stage shares while it is read. */
interface Reading extends RestApiOptions {
  readonly api: Block;
  readonly stage: Block;
  readonly models: Models;
  readonly context: MethodContext;
  /** The blocks of a type that belong to a method. */
  of(type: MethodType, method: Block): readonly Block[];
  pathOf(resourceId: unknown, where: string): string;
  limitsOf(path: string, httpMethod: string): Limits | undefined;
}

const METHOD_TYPES = [
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_method_response",
] as const;
type MethodType = (typeof METHOD_TYPES)[number];

/** How long API Gateway waits unless the integration says less, in milliseconds. */
const TIMEOUT_MS = 29_000;

/**
 * Every stage of the stack's REST APIs, by stage name.
 * @throws StackError for what AWS does not deploy, and for what is not served locally
 */
export function readRestStages(options: RestApiOptions): ReadonlyMap<string, RestStage> {
  const { stack } = options;
  const stages = stack.resources("aws_api_gateway_stage");
  const apis = stack.resources("aws_api_gateway_rest_api");
  const idle = apis.find((api) => !stages.some((stage) => stage.values.rest_api_id === api.values.id));
  if (idle) throw new StackError(`${idle.address}: the API has no aws_api_gateway_stage, so nothing of it is deployed`);
  const found = new Map<string, RestStage>();
  for (const stage of stages) {
    const name = String(stage.values.stage_name);
    if (found.has(name))
      throw new StackError(`${stage.address}: another API has a stage ${name}, and one port serves both`);
    found.set(name, readStage(options, stage));
  }
  return found;
}

function readStage(options: RestApiOptions, stage: Block): RestStage {
  const { stack } = options;
  const { rest_api_id: id, deployment_id } = stage.values;
  const api = stack.resources("aws_api_gateway_rest_api").find((block) => block.values.id === id);
  const deployment = stack.resources("aws_api_gateway_deployment").find((block) => block.values.id === deployment_id);
  if (!api || !deployment)
    throw new StackError(`${stage.address}: its API or deployment is not declared in cdk.tf.json`);
  const context: MethodContext = {
    accountId: stack.accountId,
    apiId: String(id),
    deploymentId: String(deployment_id),
    region: stack.region,
    stage: String(stage.values.stage_name),
  };
  const indexes = new Map(
    METHOD_TYPES.map((type) => [type, indexBlocks(stack.resources(type), "rest_api_id", "resource_id", "http_method")]),
  );
  const reading: Reading = {
    ...options,
    api,
    stage,
    context,
    models: createModels(stack, id),
    of: (type, { values }) => indexes.get(type)?.(values) ?? [],
    pathOf: createPaths(stack, api),
    limitsOf: createLimits(stack, stage),
  };
  const methods = stack
    .resources("aws_api_gateway_method")
    .filter(({ values }) => values.rest_api_id === id)
    .map((block) => readMethod(reading, block));
  return {
    context,
    variables: variablesOf(stage),
    gatewayResponses: createGatewayResponses(stack, id),
    methods,
    route: createRouter(
      methods.map((method) => [method.httpMethod, method.context.resourcePath, method] as const),
      restSegments,
    ),
  };
}

const variablesOf = ({ values }: Block) => (nested(values.variables) as Record<string, string> | undefined) ?? null;

/** The path of a resource by its id. */
function createPaths(stack: SynthesizedStack, api: Block): Reading["pathOf"] {
  const resources = indexBlocks(stack.resources("aws_api_gateway_resource"), "id");
  const pathOf: Reading["pathOf"] = (id, where) => {
    if (id === api.values.root_resource_id) return "/";
    const [resource] = resources({ id });
    if (!resource) throw new StackError(`${where}: its aws_api_gateway_resource is not declared in cdk.tf.json`);
    const parent = pathOf(resource.values.parent_id, resource.address);
    return `${parent === "/" ? "" : parent}/${resource.values.path_part}`;
  };
  return pathOf;
}

function readMethod(reading: Reading, block: Block): RestMethod {
  const { stack, models } = reading;
  const { values, address } = block;
  if (values.api_key_required === true) throw new StackError(`${address}: api_key_required is not served locally`);
  const path = reading.pathOf(values.resource_id, address);
  const validators = stack.resources("aws_api_gateway_request_validator");
  const validator = validators.find(({ values: { id } }) => id === values.request_validator_id);
  const limits = reading.limitsOf(path, String(values.http_method));
  return {
    httpMethod: String(values.http_method),
    context: { ...reading.context, resourceId: String(values.resource_id), resourcePath: path },
    authorizer: authorizerOf(reading, block),
    scopes: [values.authorization_scopes ?? []].flat().map(String),
    takeToken: createBucket(limits),
    limits,
    validation: createValidation(block, validator, models),
    validated: describeValidation(validator),
    details: () => restDetails({ stack, method: block, path, stage: reading.context.stage, limits }),
    integration: integrationOf(reading, block, path),
  };
}

function authorizerOf({ stack, verify }: Reading, { address, values }: Block): Authorizer | undefined {
  if (values.authorization === "NONE") return undefined;
  if (values.authorization !== "COGNITO_USER_POOLS") {
    throw new StackError(`${address}: authorization ${values.authorization} is not served locally`);
  }
  const blocks = stack.resources("aws_api_gateway_authorizer");
  const authorizer = blocks.find((block) => block.values.id === values.authorizer_id);
  if (!authorizer) throw new StackError(`${address}: authorization COGNITO_USER_POOLS needs an authorizer_id`);
  return createAuthorizer(stack, authorizer, verify);
}

function integrationOf(reading: Reading, method: Block, path: string): Integration {
  const { stack, api, stage, functions } = reading;
  const [integration] = reading.of("aws_api_gateway_integration", method);
  if (!integration) throw new StackError(`${method.address}: no aws_api_gateway_integration is defined for the method`);
  const { address, values } = integration;
  const isBinary = binaryTypes([api.values.binary_media_types ?? []].flat().map(String));
  const fault = createMappingFault(integration);
  if (values.type === "MOCK") {
    const responses = reading.of("aws_api_gateway_integration_response", method);
    const declared = reading.of("aws_api_gateway_method_response", method);
    return createMock(integration, responses, declared, { isBinary, fault });
  }
  if (values.type !== "AWS_PROXY") throw new StackError(`${address}: type ${values.type} is not served locally`);
  if (values.credentials) throw new StackError(`${address}: credentials is not served locally`);
  const executionArn = String(api.values.execution_arn);
  const source = methodArn(executionArn, String(stage.values.stage_name), String(method.values.http_method), path);
  // Lambda's Invoke is a POST, whatever the method of the route.
  const wrongMethod = "integration_http_method must be POST to invoke a function";
  return createLambdaProxy(address, values.uri, {
    functions,
    permitted: (functionArn) => mayInvoke(stack, functionArn, source),
    payload: restPayload(isBinary),
    stageVariables: variablesOf(stage),
    timeoutMs: Number(values.timeout_milliseconds ?? TIMEOUT_MS),
    fault: values.integration_http_method === "POST" ? fault : () => wrongMethod,
  });
}

/** The throttling of each method: its own settings take precedence over those of the stage (`*` + `/*`). */
function createLimits(stack: SynthesizedStack, stage: Block): Reading["limitsOf"] {
  const { rest_api_id, stage_name } = stage.values;
  const all = indexBlocks(stack.resources("aws_api_gateway_method_settings"), "rest_api_id", "stage_name");
  const byPath = new Map<string, JsonObject>();
  for (const { values } of all({ rest_api_id, stage_name })) {
    const path = settingsPath(String(values.method_path));
    if (!byPath.has(path)) byPath.set(path, nested(values.settings) ?? {});
  }
  return (path, httpMethod) =>
    readLimits({ ...byPath.get("*/*"), ...byPath.get(settingsPath(`${path}/${httpMethod}`)) });
}

/** `user/login/POST`; API Gateway itself writes slashes of the path as `~1`. */
const settingsPath = (path: string) => path.replaceAll("~1", "/").replace(/^\/+/, "");

import type { Functions } from "../../lambda/functions";
import { type JsonObject, nested, text } from "../../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import type { Integration } from "../common/integration";
import { binaryTypes, createLambdaProxy } from "../common/lambda-proxy";
import { mayInvoke, methodArn } from "../common/permission";
import type { MethodContext } from "../common/request-context";
import { createRouter, type Match } from "../common/router";
import { type Bucket, createBucket, unlimited } from "../common/throttle";
import type { Verifier } from "../common/verifier";
import { type Authorizer, createAuthorizer } from "./cognito-authorizer";
import { createGatewayResponses, type GatewayResponses } from "./gateway-responses";
import { createMock } from "./mock";
import { createModels, createValidation, type Models, type Validation } from "./validation";

/** One deployed method of a stage, ready to serve. */
export interface RestMethod {
  readonly context: MethodContext & { readonly resourcePath: string };
  readonly authorizer: Authorizer | undefined;
  readonly scopes: readonly string[];
  readonly takeToken: Bucket;
  readonly validation: Validation;
  readonly integration: Integration;
}

/** One stage of a REST API. */
export interface RestStage {
  readonly context: MethodContext;
  readonly variables: Readonly<Record<string, string>> | null;
  readonly gatewayResponses: GatewayResponses;
  route(path: string): Match<ReadonlyMap<string, RestMethod>> | undefined;
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
}

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
  const reading = { ...options, api, stage, context, models: createModels(stack, id) };
  return {
    context,
    variables: (nested(stage.values.variables) as Record<string, string> | undefined) ?? null,
    gatewayResponses: createGatewayResponses(stack, id),
    route: createRouter(resourcesOf(reading)),
  };
}

/** The methods of each path, by HTTP method. */
function resourcesOf(reading: Reading): Map<string, Map<string, RestMethod>> {
  const { stack, api } = reading;
  const resources = new Map<string, Map<string, RestMethod>>();
  for (const block of stack.resources("aws_api_gateway_method")) {
    if (block.values.rest_api_id !== api.values.id) continue;
    const path = pathOf(stack, api, block.values.resource_id, block.address);
    const methods = resources.get(path) ?? new Map<string, RestMethod>();
    resources.set(path, methods.set(String(block.values.http_method), readMethod(reading, block, path)));
  }
  return resources;
}

function pathOf(stack: SynthesizedStack, api: Block, id: unknown, where: string): string {
  if (id === api.values.root_resource_id) return "/";
  const resource = stack.resources("aws_api_gateway_resource").find((block) => block.values.id === id);
  if (!resource) throw new StackError(`${where}: its aws_api_gateway_resource is not declared in cdk.tf.json`);
  const parent = pathOf(stack, api, resource.values.parent_id, resource.address);
  return `${parent === "/" ? "" : parent}/${resource.values.path_part}`;
}

function readMethod(reading: Reading, block: Block, path: string): RestMethod {
  const { stack, models } = reading;
  const { values, address } = block;
  if (values.api_key_required === true) throw new StackError(`${address}: api_key_required is not served locally`);
  const validators = stack.resources("aws_api_gateway_request_validator");
  const validator = validators.find(({ values: { id } }) => id === values.request_validator_id);
  return {
    context: { ...reading.context, resourceId: String(values.resource_id), resourcePath: path },
    authorizer: authorizerOf(reading, block),
    scopes: [values.authorization_scopes ?? []].flat().map(String),
    takeToken: bucketOf(reading, path, String(values.http_method)),
    validation: createValidation(block, validator, models),
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
  const own = (type: string) => stack.resources(type).filter((block) => sameMethod(block, method));
  const [integration] = own("aws_api_gateway_integration");
  if (!integration) throw new StackError(`${method.address}: no aws_api_gateway_integration is defined for the method`);
  const { type } = integration.values;
  const binary = binaryTypes([api.values.binary_media_types ?? []].flat().map(String));
  if (type === "MOCK") {
    const responses = own("aws_api_gateway_integration_response");
    return createMock(integration, responses, own("aws_api_gateway_method_response"), binary.request);
  }
  if (type !== "AWS_PROXY") throw new StackError(`${integration.address}: type ${type} is not served locally`);
  const executionArn = String(api.values.execution_arn);
  const source = methodArn(executionArn, String(stage.values.stage_name), String(method.values.http_method), path);
  return createLambdaProxy(integration, {
    functions,
    permitted: (functionArn) => mayInvoke(stack, functionArn, source),
    binary,
  });
}

const sameMethod = (one: Block, other: Block) =>
  ["rest_api_id", "resource_id", "http_method"].every((key) => one.values[key] === other.values[key]);

/** A method's own settings take precedence over those of the stage (`*` + `/*`). */
function bucketOf({ stack, stage }: Reading, path: string, httpMethod: string): Bucket {
  const all = stack
    .resources("aws_api_gateway_method_settings")
    .filter(
      ({ values }) => values.rest_api_id === stage.values.rest_api_id && values.stage_name === stage.values.stage_name,
    );
  const settingsOf = (...paths: string[]): JsonObject =>
    nested(all.find(({ values }) => paths.includes(settingsPath(String(values.method_path))))?.values.settings) ?? {};
  const settings = { ...settingsOf("*/*"), ...settingsOf(settingsPath(`${path}/${httpMethod}`)) };
  const rate = Number(text(settings.throttling_rate_limit) ?? -1);
  const burst = Number(text(settings.throttling_burst_limit) ?? -1);
  return rate < 0 || burst < 0 ? unlimited : createBucket(rate, burst);
}

/** `user/login/POST`; API Gateway itself writes slashes of the path as `~1`. */
const settingsPath = (path: string) => path.replaceAll("~1", "/").replace(/^\/+/, "");

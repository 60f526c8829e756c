import Ajv, { type ValidateFunction } from "ajv-draft-04";
import { nested } from "../../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../../terraform/read-stack";
import { badBody, badParameters, type GatewayError } from "../common/gateway-error";
import type { MappingSources } from "../common/integration";
import { contentType } from "../common/request";
import { mappingExpression } from "./mapping-expression";

/** Checks a request before its integration runs. */
export type Validation = (sources: MappingSources) => GatewayError | undefined;

/** Compiles the models of one API, each on first use. */
export type Models = (name: string, where: string) => ValidateFunction;

/** Every API has these two models; they accept anything. */
const BUILT_IN = new Set(["Empty", "Error"]);

export function createModels(stack: SynthesizedStack, restApiId: unknown): Models {
  const blocks = stack.resources("aws_api_gateway_model").filter((block) => block.values.rest_api_id === restApiId);
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${name}`;
  const ajv = compilerOf(blocks, url);
  return (name, where) => {
    const validate = compiled(() => ajv.getSchema(url(name)), where);
    if (!validate) throw new StackError(`${where}: no aws_api_gateway_model is named ${name}`);
    return validate as ValidateFunction;
  };
}

/** By all models of an API: compiling them takes most of the time of a reload, which seldom changes one. */
const compilers = new Map<string, Ajv>();
const MOST_COMPILERS = 8;

function compilerOf(blocks: readonly Block[], url: (name: string) => string): Ajv {
  const key = JSON.stringify([url(""), ...blocks.map(({ values }) => [values.name, values.schema])]);
  const known = compilers.get(key);
  if (known) return known;
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
  for (const name of BUILT_IN) ajv.addSchema({}, url(name));
  for (const block of blocks) ajv.addSchema(schemaOf(block), url(String(block.values.name)));
  if (compilers.size === MOST_COMPILERS) compilers.clear();
  compilers.set(key, ajv);
  return ajv;
}

function compiled<T>(compile: () => T, where: string): T {
  try {
    return compile();
  } catch (error) {
    throw new StackError(`${where}: ${error instanceof Error ? error.message : error}`);
  }
}

function schemaOf({ address, values }: Block): object {
  try {
    return nested(JSON.parse(String(values.schema))) ?? {};
  } catch {
    throw new StackError(`${address}: schema is not valid JSON`);
  }
}

/**
 * What the method's request validator checks: parameters first, then the body against the model of its content type.
 * A content type without a model is not checked; a missing one counts as JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function createValidation(method: Block, validator: Block | undefined, models: Models): Validation {
  const required = validator?.values.validate_request_parameters ? requiredParameters(method) : [];
  const byType = new Map<string, ValidateFunction>();
  if (validator?.values.validate_request_body) {
    for (const [type, name] of Object.entries(nested(method.values.request_models) ?? {})) {
      byType.set(type, models(String(name), method.address));
    }
  }
  return (sources) => {
    const missing = required.filter(({ given }) => !given(sources)).map(({ name }) => name);
    if (missing.length > 0) return badParameters(missing);
    const { request } = sources;
    const model = byType.get(contentType(request)) ?? byType.get("$default");
    return model && checkBody(model, request.body.toString());
  };
}

function checkBody(model: ValidateFunction, body: string): GatewayError | undefined {
  try {
    if (model(JSON.parse(body))) return undefined;
    const found = (model.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`.trim());
    return badBody(`[${found.join(", ")}]`);
  } catch {
    return badBody("[the body is not JSON]");
  }
}

interface Parameter {
  readonly name: string;
  readonly given: (sources: MappingSources) => boolean;
}

/** In the order of AWS's message: headers, path, query, each by name. A value must not be blank. */
function requiredParameters({ address, values }: Block): Parameter[] {
  const entries = Object.entries(nested(values.request_parameters) ?? {});
  return entries
    .filter(([, needed]) => needed === true || needed === "true")
    .map(([source]) => source)
    .sort()
    .map((source) => {
      const [, kind, name = ""] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(source) ?? [];
      if (!kind) throw new StackError(`${address}: request_parameters ${source} is not served locally`);
      const value = mappingExpression(source, address);
      return { name, given: (sources) => Boolean(value(sources)) };
    });
}

/** What a request validator checks, for people. */
export function describeValidation(validator: Block | undefined): string {
  const { validate_request_body: body, validate_request_parameters: parameters } = validator?.values ?? {};
  const checked = [...(parameters ? ["required parameters"] : []), ...(body ? ["body against its model"] : [])];
  return checked.join(", ") || "no request validator";
}

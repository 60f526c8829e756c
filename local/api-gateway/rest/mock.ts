import { nested } from "../../terraform/json";
import { type Block, StackError } from "../../terraform/read-stack";
import { type GatewayError, misconfigured, unsupportedMediaType } from "../common/gateway-error";
import type { Integration, MappingSources } from "../common/integration";
import { contentType } from "../common/request";
import type { ApiResponse, Header } from "../common/response";
import { responseHeaders } from "../common/response-headers";
import type { MappingFault } from "./integration-parameters";
import { lenientObject } from "./lenient-json";
import { type MappingExpression, mappingExpression } from "./mapping-expression";
import { type MappingTemplate, mappingTemplates, noOverrides, type Overrides } from "./mapping-template";
import type { IsBinary } from "./rest-payload";

interface Response {
  readonly status: number;
  readonly pattern: RegExp | undefined;
  readonly parameters: readonly { readonly name: string; readonly value: MappingExpression }[];
  readonly templates: ReadonlyMap<string, MappingTemplate>;
}

/**
 * A MOCK integration: the request template's `statusCode` selects the integration response.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 * @param responses the method's integration responses
 * @param declared the method's responses: status and headers that an integration response may use
 * @param isBinary whether bodies of a media type are binary, which a mapping template cannot read: 500
 */
export function createMock(
  integration: Block,
  responses: readonly Block[],
  declared: readonly Block[],
  { isBinary, fault }: { readonly isBinary: IsBinary; readonly fault: MappingFault },
): Integration {
  const asText = integration.values.content_handling === "CONVERT_TO_TEXT";
  const requests = mappingTemplates(integration, "request_templates");
  const passthrough = String(integration.values.passthrough_behavior ?? "WHEN_NO_MATCH");
  const integrationResponses = responses.map((block) => readResponse(block, declared));
  const byDefault = integrationResponses.find(({ pattern }) => !pattern);
  const respond: Integration["respond"] = async ({ sources }) => {
    const found = fault(sources);
    if (found) return failed(found);
    const { request } = sources;
    const template = requests.get(contentType(request)) ?? requests.get("$default");
    if (!template && rejectsUnmatched(passthrough, requests.size)) return { error: unsupportedMediaType };
    if (request && !asText && isBinary(contentType(request))) {
      return failed(
        `${integration.address}: a mapping template needs content_handling CONVERT_TO_TEXT for binary bodies`,
      );
    }
    const overrides = noOverrides();
    const body = request.body.toString();
    try {
      const status = statusCode(template ? template(sources, body, overrides) : body);
      if (status === undefined) return failed(`the request template of ${integration.address} gives no statusCode`);
      const chosen = integrationResponses.find(({ pattern }) => pattern?.test(status)) ?? byDefault;
      if (!chosen) return failed(`${integration.address}: no integration response for status ${status}`);
      return { response: responseOf(chosen, sources, overrides) };
    } catch (error) {
      return failed(`${integration.address}: a mapping template failed: ${(error as Error).message}`);
    }
  };
  return { functionName: undefined, respond };
}

const failed = (cause: string): { readonly error: GatewayError } => ({ error: misconfigured(cause) });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html */
function rejectsUnmatched(passthrough: string, templates: number): boolean {
  return passthrough === "NEVER" || (passthrough === "WHEN_NO_TEMPLATES" && templates > 0);
}

/** An integer; text is none. */
function statusCode(mapped: string): string | undefined {
  const status = lenientObject(mapped)?.statusCode;
  return Number.isInteger(status) ? String(status) : undefined;
}

function responseOf(
  { status, parameters, templates }: Response,
  sources: MappingSources,
  overrides: Overrides,
): ApiResponse {
  const [type, template] = templateFor(templates, sources.request) ?? [JSON_TYPE, undefined];
  const body = template?.(sources, "", overrides) ?? "";
  const { header, status: overridden } = overrides.responseOverride;
  const set = Object.entries(header).map(([name, value]): Header => [name, String(value)]);
  const names = new Set(set.map(([name]) => name.toLowerCase()));
  const mapped = parameters
    .filter(({ name }) => !names.has(name.toLowerCase()))
    .flatMap(({ name, value }): Header[] => {
      const given = value(sources);
      return given === undefined ? [] : [[name, given]];
    });
  return {
    status: isStatus(overridden) ? overridden : status,
    headers: responseHeaders([...mapped, ...set], type),
    body,
  };
}

const JSON_TYPE = "application/json";

/** The template of the media type that the client accepts, else JSON's, else the first. */
function templateFor(templates: ReadonlyMap<string, MappingTemplate>, { headers }: MappingSources["request"]) {
  const all = [...templates];
  return [headers.accept, JSON_TYPE].map((type) => all.find(([own]) => own === type)).find(Boolean) ?? all[0];
}

/** API Gateway ignores any other override. */
const isStatus = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;

/** @throws StackError for what AWS rejects: a status or header that the method response does not declare. */
function readResponse(block: Block, declared: readonly Block[]): Response {
  const { address, values } = block;
  const method = declared.find((response) => response.values.status_code === values.status_code);
  if (!method)
    throw new StackError(`${address}: the method has no aws_api_gateway_method_response for its status_code`);
  const parameters = Object.entries(nested(values.response_parameters) ?? {}).map(([target, source]) => {
    if (nested(method.values.response_parameters)?.[target] === undefined) {
      throw new StackError(`${address}: ${target} is not declared by ${method.address}`);
    }
    const name = target.replace(/^method\.response\.header\./, "");
    return { name, value: mappingExpression(String(source), address) };
  });
  return {
    status: Number(values.status_code),
    pattern: values.selection_pattern ? new RegExp(`^(?:${values.selection_pattern})$`) : undefined,
    parameters,
    templates: mappingTemplates(block, "response_templates"),
  };
}

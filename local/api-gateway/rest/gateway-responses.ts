import { nested } from "../../terraform/json";
import type { Block, SynthesizedStack } from "../../terraform/read-stack";
import type { GatewayError } from "../common/gateway-error";
import type { MappingSources } from "../common/integration";
import type { ApiResponse, Header } from "../common/response";
import { contextValue, mappingExpression } from "./mapping-expression";

/** Makes the error response as the API defines it for the error's type. */
export type GatewayResponses = (error: GatewayError, sources: MappingSources) => ApiResponse;

interface Definition {
  readonly status: number | undefined;
  readonly headers: (sources: MappingSources) => Header[];
  readonly contentType: string;
  readonly template: string;
}

/** AWS's template where a gateway response has none. */
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/**
 * A type that is not defined falls back to DEFAULT_4XX or DEFAULT_5XX, and these to AWS's own shape. Templates have
 * variables and no logic: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function createGatewayResponses(stack: SynthesizedStack, restApiId: unknown): GatewayResponses {
  const definitions = new Map(
    stack
      .resources("aws_api_gateway_gateway_response")
      .filter((block) => block.values.rest_api_id === restApiId)
      .map((block) => [String(block.values.response_type), definition(block)] as const),
  );
  return (error, { context, ...sources }) => {
    const defined =
      definitions.get(error.responseType) ??
      definitions.get(error.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX") ??
      DEFAULT_DEFINITION;
    const within = { ...sources, context: { ...context, error: errorContext(error) } };
    return {
      status: defined.status ?? error.status,
      headers: [
        ["Content-Type", defined.contentType],
        ["x-amzn-ErrorType", error.errorType],
        ...defined.headers(within),
      ],
      body: substitute(defined.template, within),
    };
  };
}

const DEFAULT_DEFINITION: Definition = {
  status: undefined,
  headers: () => [],
  contentType: "application/json",
  template: DEFAULT_TEMPLATE,
};

function definition({ address, values }: Block): Definition {
  const templates = Object.entries(nested(values.response_templates) ?? {});
  const json = templates.find(([type]) => type === "application/json");
  const [contentType, template] = json ?? templates[0] ?? ["application/json", DEFAULT_TEMPLATE];
  const parameters = Object.entries(nested(values.response_parameters) ?? {}).map(([target, source]) => ({
    name: target.replace(/^gatewayresponse\.header\./, ""),
    value: mappingExpression(String(source), address),
  }));
  return {
    status: values.status_code === undefined ? undefined : Number(values.status_code),
    headers: (sources) => parameters.map(({ name, value }) => [name, value(sources) ?? ""] as const),
    contentType,
    template: String(template),
  };
}

function errorContext({ message, responseType, validationError }: GatewayError) {
  return {
    message,
    messageString: JSON.stringify(message),
    responseType,
    validationErrorString: validationError,
  };
}

/** Replaces `$context.x.y` and `$stageVariables.x`; a variable without a value becomes empty. */
function substitute(template: string, { context, stageVariables }: MappingSources): string {
  return template.replace(/\$(context|stageVariables)\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_:-]+)*)/g, (_, root, path) =>
    root === "context" ? (contextValue(context, path) ?? "") : (stageVariables[path] ?? ""),
  );
}

import { nested } from "../../terraform/json";
import type { Block, SynthesizedStack } from "../../terraform/read-stack";
import type { Refusal } from "../common/gateway-error";
import type { Scope } from "../common/integration";
import type { Answer, Header } from "../common/response";
import { contextValue, mappingExpression } from "./mapping-expression";

/** Answers a refused call in the shape that the API defines for its type. */
export type GatewayResponses = (refusal: Refusal, scope: Scope) => Answer;

interface Definition {
  readonly status: number | undefined;
  readonly headers: (scope: Scope) => Header[];
  readonly contentType: string;
  readonly template: string;
}

/** The template of a type that is not customised. */
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/**
 * A type that is not defined falls back to DEFAULT_4XX or DEFAULT_5XX, and these to AWS's own shape. Templates know
 * variables, no logic: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function createGatewayResponses(stack: SynthesizedStack, restApiId: unknown): GatewayResponses {
  const definitions = new Map(
    stack
      .resources("aws_api_gateway_gateway_response")
      .filter((block) => block.values.rest_api_id === restApiId)
      .map((block) => [String(block.values.response_type), definition(block)] as const),
  );
  return (refusal, { context, ...scope }) => {
    const defined =
      definitions.get(refusal.responseType) ??
      definitions.get(refusal.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX") ??
      DEFAULT_DEFINITION;
    const within = { ...scope, context: { ...context, error: errorContext(refusal) } };
    return {
      status: defined.status ?? refusal.status,
      headers: [
        ["Content-Type", defined.contentType],
        ["x-amzn-ErrorType", refusal.errorType],
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
    headers: (scope) => parameters.map(({ name, value }) => [name, value(scope) ?? ""] as const),
    contentType,
    template: String(template),
  };
}

function errorContext({ message, responseType, validationError }: Refusal) {
  return {
    message,
    messageString: JSON.stringify(message),
    responseType,
    validationErrorString: validationError,
  };
}

/** Replaces `$context.x.y` and `$stageVariables.x`; a variable without a value becomes empty. */
function substitute(template: string, { context, stageVariables }: Scope): string {
  return template.replace(/\$(context|stageVariables)\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_:-]+)*)/g, (_, root, path) =>
    root === "context" ? (contextValue(context, path) ?? "") : (stageVariables[path] ?? ""),
  );
}

import type { Block, SynthesizedStack } from "../../terraform/read-stack";

/**
 * The stack with what API Gateway makes for an API that names a `target`: an integration with payload 2.0, one route for
 * every request, and the stage `$default`, deployed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html#http-api-examples.cli.quick-create
 */
export function withQuickCreate(stack: SynthesizedStack): SynthesizedStack {
  const made = stack
    .resources("aws_apigatewayv2_api")
    .filter(({ values }) => values.target !== undefined)
    .flatMap(blocksOf);
  if (made.length === 0) return stack;
  return { ...stack, resources: (type) => [...stack.resources(type), ...made.filter((block) => block.type === type)] };
}

function blocksOf({ address, name, values }: Block): Block[] {
  const { id, target, route_key = "$default", credentials_arn } = values;
  const block = (type: string, attributes: Block["values"]): Block => ({
    address,
    type,
    name,
    values: { api_id: id, ...attributes },
  });
  return [
    block("aws_apigatewayv2_integration", {
      id: `${id}-quick`,
      integration_type: /^https?:/.test(String(target)) ? "HTTP_PROXY" : "AWS_PROXY",
      integration_uri: target,
      payload_format_version: "2.0",
      credentials_arn,
    }),
    block("aws_apigatewayv2_route", { route_key, target: `integrations/${id}-quick` }),
    block("aws_apigatewayv2_stage", { name: "$default", auto_deploy: true }),
  ];
}

import { add, type Resources, ref, restStack } from "../rest-stack";

type Values = Record<string, unknown>;

export interface HttpRoute {
  /** `GET /items/{id}` */
  readonly key: string;
  readonly function: string;
  readonly values?: Values;
}

const api = { api_id: ref("aws_apigatewayv2_api.api.id") };

/** What a route needs to be private. */
export const jwt = { authorization_type: "JWT", authorizer_id: ref("aws_apigatewayv2_authorizer.authorizer.id") };

/** A stack with one HTTP API, stage `v1`, and a user pool with one app client, the authorizer's audience. */
export function httpStack(routes: readonly HttpRoute[], apiValues: Values = {}, stageValues: Values = {}) {
  const base = restStack(
    routes.map(({ key, function: name }) => ({ method: "GET", path: `/${key.length}`, function: name })),
  );
  const kept = Object.entries(base.resource).filter(([type]) => !/^aws_(api_gateway|lambda_permission)/.test(type));
  const resource: Resources = {
    ...Object.fromEntries(kept),
    aws_apigatewayv2_api: { api: { name: "api", protocol_type: "HTTP", ...apiValues } },
    aws_apigatewayv2_stage: { stage: { ...api, name: "v1", auto_deploy: true, ...stageValues } },
    aws_apigatewayv2_authorizer: {
      authorizer: {
        ...api,
        name: "pool",
        authorizer_type: "JWT",
        identity_sources: ["$request.header.Authorization"],
        jwt_configuration: {
          issuer: `https://${ref("aws_cognito_user_pool.pool.endpoint")}`,
          audience: [ref("aws_cognito_user_pool_client.client.id")],
        },
      },
    },
  };
  for (const { key, function: name, values } of routes) {
    const id = key.replace(/\W+/g, "_");
    add(resource, "aws_apigatewayv2_integration", name, {
      ...api,
      integration_type: "AWS_PROXY",
      integration_uri: `\${aws_lambda_function.${name}.invoke_arn}`,
      payload_format_version: "1.0",
    });
    const target = `integrations/\${aws_apigatewayv2_integration.${name}.id}`;
    add(resource, "aws_apigatewayv2_route", id, { ...api, route_key: key, target, ...values });
    add(resource, "aws_lambda_permission", id, {
      action: "lambda:InvokeFunction",
      function_name: `\${aws_lambda_function.${name}.function_name}`,
      principal: "apigateway.amazonaws.com",
      source_arn: `\${aws_apigatewayv2_api.api.execution_arn}/*/${key
        .replace("ANY", "*")
        .replace(" ", "")
        .replace(/\{[^}]+\}/g, "*")}`,
    });
  }
  return { resource, data: base.data };
}

/** An HTTP API in front of the functions: the same props as `RestApi`, with a JWT authorizer. */
import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Construct } from "constructs";
import type { ApiMetrics } from "../api/api-metrics";
import type { ApiProps } from "../api/api-props";
import { checkRoutes } from "../api/check-routes";
import { allowedHeaders, MAX_AGE_SECONDS } from "../api/cors";
import { checkRouteTimeout } from "../api/invoke-permission";
import { checkOrigins } from "../api/origin";
import { routeName } from "../api/route";
import { routeScope } from "../api/route-scope";
import { moveFromNamedVariables } from "../api/segment-id";
import { HttpRoute } from "./http-route";
import { HttpStage } from "./http-stage";

export class HttpApi extends Construct {
  /** URL of the stage, without a slash at the end. */
  readonly url: string;
  readonly metrics: ApiMetrics;
  readonly apiId: string;
  readonly stageName: string;

  /** @throws Error that lists every problem of the routes, or names a wrong origin, function or time-out */
  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { tokenHeader = "Authorization", tokenUse = "id", userPool } = props;
    checkOrigins(props.corsOrigins, props.corsCredentials);
    checkRoutes(props.routes, { authorizer: userPool !== undefined, tokenUse });

    const api = new Apigatewayv2Api(this, "api", {
      name: props.name,
      protocolType: "HTTP",
      corsConfiguration: corsConfiguration(props, tokenHeader),
      ...(props.closeDefaultEndpoint && { disableExecuteApiEndpoint: true }),
      lifecycle: { createBeforeDestroy: true },
    });
    const apiId = api.id;
    const authorizer =
      userPool &&
      new Apigatewayv2Authorizer(this, "authorizer", {
        apiId,
        name: "user-pool",
        authorizerType: "JWT",
        identitySources: [`$request.header.${tokenHeader}`],
        jwtConfiguration: { issuer: userPool.issuer, audience: userPool.clientIds },
      });
    const integrations = integrationsOf(this, apiId, props);
    const routes = props.routes.map((route) => {
      const integrated = integrations.get(route.function);
      if (!integrated)
        throw new Error(`${routeName(route)}: function must be one of those given, got ${route.function}`);
      checkRouteTimeout(route, integrated.function);
      return new HttpRoute(routeScope(this, route), "route", {
        apiId,
        executionArn: api.executionArn,
        authorizerId: authorizer?.id,
        tokenUse,
        route,
        ...integrated,
      });
    });
    const stage = new HttpStage(this, "deployment", {
      ...props,
      apiId,
      served: routes.map(({ resource }) => resource),
    });
    this.url = stage.url;
    this.metrics = stage.metrics;
    this.apiId = apiId;
    this.stageName = stage.stageName;
    moveFromNamedVariables(this, props.routes);
  }
}

/** One integration per function, shared by its routes. With payload format 1.0 handlers receive the event of a REST API. */
function integrationsOf(scope: Construct, apiId: string, { routes, functions }: ApiProps) {
  const used = new Set(routes.map((route) => route.function));
  const parent = new Construct(scope, "integrations");
  return new Map(
    [...functions]
      .filter(([name]) => used.has(name))
      .map(([name, fn]) => {
        const integration = new Apigatewayv2Integration(parent, name, {
          apiId,
          integrationType: "AWS_PROXY",
          // The method of Lambda's Invoke operation, whatever the route's method is.
          integrationMethod: "POST",
          integrationUri: fn.invokeArn,
          payloadFormatVersion: "1.0",
        });
        return [name, { integrationId: integration.id, function: fn }] as const;
      }),
  );
}

/**
 * The API responds to preflights itself, compares the caller's origin with the list, and replaces the functions' CORS headers.
 * All lists are set, and header names are in lower case: otherwise every plan shows a difference to what AWS returns.
 */
function corsConfiguration(props: ApiProps, tokenHeader: string) {
  const { routes, corsOrigins, corsHeaders, corsCredentials = false, corsExposedHeaders = [] } = props;
  return {
    allowOrigins: [...corsOrigins],
    allowMethods: [...new Set(routes.map((route) => route.method))].sort(),
    allowHeaders: allowedHeaders(tokenHeader, corsHeaders, corsCredentials).map((name) => name.toLowerCase()),
    exposeHeaders: ["retry-after", ...corsExposedHeaders.map((name) => name.toLowerCase())],
    allowCredentials: corsCredentials,
    maxAge: MAX_AGE_SECONDS,
  };
}

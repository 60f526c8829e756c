/** A REST API in front of the functions. It lets only signed-in users through, except on public routes. */
import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Construct } from "constructs";
import type { ApiMetrics } from "../api/api-metrics";
import type { ApiProps } from "../api/api-props";
import { checkRoutes } from "../api/check-routes";
import { allowedHeaders } from "../api/cors";
import { checkRouteTimeout } from "../api/invoke-permission";
import { checkOrigins } from "../api/origin";
import { type HttpMethod, routeName } from "../api/route";
import { moveFromNamedVariables } from "../api/segment-id";
import { GatewayResponses } from "./gateway-responses";
import { Preflight } from "./preflight";
import { RestDeployment } from "./rest-deployment";
import { RestMethod } from "./rest-method";
import { RestPath } from "./rest-path";

export class RestApi extends Construct {
  /** URL of the stage, without a slash at the end. */
  readonly url: string;
  readonly metrics: ApiMetrics;
  readonly stageArn: string;
  readonly apiId: string;
  readonly stageName: string;

  /** @throws Error that lists every problem of the routes, or names a wrong origin, function or time-out */
  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    const { tokenHeader = "Authorization", tokenUse = "id", corsOrigins, binaryMediaTypes = [] } = props;
    checkOrigins(corsOrigins, props.corsCredentials);
    checkRoutes(props.routes, { authorizer: props.userPool !== undefined, tokenUse });

    const api = new ApiGatewayRestApi(this, "api", {
      name: props.name,
      endpointConfiguration: { types: ["REGIONAL"] },
      ...(binaryMediaTypes.length > 0 && { binaryMediaTypes: [...binaryMediaTypes] }),
      ...(props.closeDefaultEndpoint && { disableExecuteApiEndpoint: true }),
      lifecycle: { createBeforeDestroy: true },
    });
    const restApiId = api.id;
    const authorizer =
      props.userPool &&
      new ApiGatewayAuthorizer(this, "authorizer", {
        name: "user-pool",
        restApiId,
        type: "COGNITO_USER_POOLS",
        providerArns: [props.userPool.arn],
        identitySource: `method.request.header.${tokenHeader}`,
      });
    const validator = new ApiGatewayRequestValidator(this, "validator", {
      name: "body-and-parameters",
      restApiId,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    // CDKTF omits the id "Default" from addresses: api_user_login_POST_method_... for POST /user/login.
    const root = new RestPath(this, "Default", { restApiId, resource: { id: api.rootResourceId } });

    const methodsByPath = new Map<RestPath, HttpMethod[]>();
    const methods = props.routes.map((route) => {
      const fn = props.functions.get(route.function);
      if (!fn) throw new Error(`${routeName(route)}: function must be one of those given, got ${route.function}`);
      checkRouteTimeout(route, fn);
      const path = root.at(route.path);
      methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), route.method]);
      return new RestMethod(path, route.method, {
        restApiId,
        executionArn: api.executionArn,
        resourceId: path.resourceId,
        requestValidatorId: validator.id,
        authorizerId: authorizer?.id,
        tokenUse,
        route,
        function: fn,
      });
    });
    const paths = root.all();
    const preflights = paths.flatMap((path) => {
      const methods = methodsByPath.get(path);
      if (!methods) return [];
      return new Preflight(path, "OPTIONS", {
        restApiId,
        resourceId: path.resourceId,
        requestValidatorId: validator.id,
        methods: methods.sort(),
        origins: corsOrigins,
        headers: allowedHeaders(tokenHeader, props.corsHeaders, props.corsCredentials),
        credentials: props.corsCredentials ?? false,
        asText: binaryMediaTypes.length > 0,
      });
    });
    const responses = new GatewayResponses(this, "responses", {
      restApiId,
      origins: corsOrigins,
      credentials: props.corsCredentials ?? false,
      exposedHeaders: props.corsExposedHeaders ?? [],
    });

    const deployment = new RestDeployment(this, "deployment", {
      ...props,
      restApiId,
      permissions: methods.map(({ permission }) => permission),
      served: [
        api,
        ...(authorizer ? [authorizer] : []),
        validator,
        ...paths.flatMap((path) => path.resources),
        ...methods.flatMap((method) => method.served),
        ...preflights.flatMap((preflight) => preflight.served),
        ...responses.served,
      ],
    });
    this.url = deployment.url;
    this.metrics = deployment.metrics;
    this.stageArn = deployment.stageArn;
    this.apiId = restApiId;
    this.stageName = deployment.stageName;
    moveFromNamedVariables(this, props.routes);
  }
}

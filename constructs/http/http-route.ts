/** One route of an HTTP API: key, authorization and invoke permission. */
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Construct } from "constructs";
import { invokePermission } from "../api/invoke-permission";
import { isPublic, type Route, routeName } from "../api/route";
import type { NodeFunction } from "../function/node-function";

export interface HttpRouteProps {
  readonly apiId: string;
  /** ARN of the API, without stage, method and path. */
  readonly executionArn: string;
  readonly integrationId: string;
  /** Required for a private route. */
  readonly authorizerId: string | undefined;
  readonly tokenUse: "id" | "access";
  readonly route: Route;
  readonly function: NodeFunction;
}

export class HttpRoute extends Construct {
  readonly resource: Apigatewayv2Route;

  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id);
    // A route is served as soon as it exists: its permission is created before it and destroyed after it.
    const permission = invokePermission(this, props);
    this.resource = new Apigatewayv2Route(this, "route", {
      apiId: props.apiId,
      routeKey: routeName(props.route),
      target: `integrations/${props.integrationId}`,
      ...authorization(props),
      dependsOn: [permission],
      // A removed route is destroyed after the stage is updated: AWS rejects limits for a route that does not exist.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/**
 * A JWT authorizer accepts every token of the app client. Scopes exclude id tokens, which have none. Nothing in the API can exclude
 * access tokens: with TOKEN_USE=id the functions do (`functions/shared/http/claims.ts`).
 */
function authorization({ route, authorizerId, tokenUse }: HttpRouteProps) {
  if (isPublic(route)) return { authorizationType: "NONE" };
  if (authorizerId === undefined) throw new Error("authorizerId must be given for a private route, got none");
  return {
    authorizationType: "JWT",
    authorizerId,
    ...(tokenUse === "access" && { authorizationScopes: [...(route.scopes ?? [])] }),
  };
}

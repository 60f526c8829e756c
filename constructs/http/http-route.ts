/** One route of an HTTP API: its key, who may call it, and the permission to invoke its function. */
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Construct } from "constructs";
import { invokePermission } from "../api/invoke-permission";
import { isPublic, type Route, routeName } from "../api/route";
import type { NodeFunction } from "../function/node-function";

export interface HttpRouteProps {
  readonly apiId: string;
  /** ARN of the API that permissions are given to, without stage, method and path. */
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
    // A route is served as soon as it is made: its permission comes first, and goes last.
    const permission = invokePermission(this, props);
    this.resource = new Apigatewayv2Route(this, "route", {
      apiId: props.apiId,
      routeKey: routeName(props.route),
      target: `integrations/${props.integrationId}`,
      ...authorization(props),
      dependsOn: [permission],
      // A removed route goes after the stage's limits for it: AWS refuses limits for a route that it does not find.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/**
 * A JWT authorizer lets in every token of the pool's app client. Scopes keep id tokens out, which have none. Nothing here
 * could keep access tokens out: with TOKEN_USE=id the functions do (`functions/shared/http/claims.ts`).
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

/** One route of a REST API: method, request model, integration and invoke permission. */
import { createHash } from "node:crypto";
import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { invokePermission } from "../api/invoke-permission";
import { requestModel } from "../api/request-model";
import { pathVariables, requiredQuery } from "../api/request-parameters";
import { isPublic, type Route, segments } from "../api/route";
import type { NodeFunction } from "../function/node-function";

export interface RestMethodProps {
  readonly restApiId: string;
  /** ARN of the API, without stage, method and path. */
  readonly executionArn: string;
  readonly resourceId: string;
  readonly requestValidatorId: string;
  /** Required for a private route. */
  readonly authorizerId: string | undefined;
  readonly tokenUse: "id" | "access";
  readonly route: Route;
  readonly function: NodeFunction;
}

export class RestMethod extends Construct {
  readonly served: readonly TerraformResource[];
  /** Must exist before a deployment serves the method. */
  readonly permission: TerraformResource;

  constructor(scope: Construct, id: string, props: RestMethodProps) {
    super(scope, id);
    const { route, restApiId, resourceId } = props;
    const model = route.body && this.model(restApiId, route, requestModel(route.body));
    const method = new ApiGatewayMethod(this, "method", {
      restApiId,
      resourceId,
      httpMethod: route.method,
      ...authorization(props),
      requestValidatorId: props.requestValidatorId,
      ...(model && { requestModels: { "application/json": model.name } }),
      requestParameters: Object.fromEntries([
        ...pathVariables(route.path).map((name) => [`method.request.path.${name}`, true]),
        ...requiredQuery(route.query).map((name) => [`method.request.querystring.${name}`, true]),
      ]),
    });
    const integration = new ApiGatewayIntegration(this, "integration", {
      restApiId,
      resourceId,
      httpMethod: method.httpMethod,
      type: "AWS_PROXY",
      // The method of Lambda's Invoke operation, whatever the route's method is.
      integrationHttpMethod: "POST",
      uri: props.function.invokeArn,
    });
    this.permission = invokePermission(this, props);
    this.served = [...(model ? [model] : []), method, integration];
  }

  private model(restApiId: string, route: Route, schema: string): ApiGatewayModel {
    return new ApiGatewayModel(this, "model", {
      restApiId,
      name: modelName(route),
      contentType: "application/json",
      schema,
    });
  }
}

function authorization({ route, authorizerId, tokenUse }: RestMethodProps) {
  if (isPublic(route)) return { authorization: "NONE" };
  if (authorizerId === undefined) throw new Error(`authorizerId must be given for a private route, got none`);
  return {
    authorization: "COGNITO_USER_POOLS",
    authorizerId,
    // A method with scopes accepts access tokens, one without accepts id tokens.
    ...(tokenUse === "access" && { authorizationScopes: [...(route.scopes ?? [])] }),
  };
}

/**
 * A model's name consists of letters and digits: `PostUserLogin`. Where a path has other characters, a hash keeps names unique:
 * `/log-in` and `/login`, `/users/{id}` and `/users/id`. The name depends neither on other routes, so that it never moves from one
 * model to another, nor on the names of variables.
 */
function modelName({ method, path }: Route): string {
  const parts = segments(path).map((segment) => (segment.startsWith("{") ? "{}" : segment));
  const words = [method, ...parts].map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, ""));
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  if (parts.every((part) => /^[a-z][a-z0-9]*$/.test(part))) return name;
  return name + createHash("sha256").update(parts.join("/")).digest("hex").slice(0, 8);
}

/** The endpoints of both kinds of API: methods of a REST API, routes of an HTTP API. */
import { type Resource, type State, text } from "../gate/state";

/** `name` or `name:alias` of the function with this invoke ARN; undefined if there is none. */
export function invoked(state: State, invokeArn: string): string | undefined {
  const [found] = state
    .all("aws_lambda_function", "aws_lambda_alias")
    .filter((candidate) => text(candidate, "invoke_arn") === invokeArn);
  if (!found) return undefined;
  const name = text(found, "function_name");
  return found.address.startsWith("aws_lambda_alias.") ? `${name}:${text(found, "name")}` : name;
}

export interface Endpoint {
  /** `POST /user/login` */
  readonly name: string;
  readonly httpMethod: string;
  readonly path: string;
  /** Whether it needs no token. */
  readonly open: boolean;
  readonly resource: Resource;
  readonly integration: Resource | undefined;
  /** Invoke ARN in the integration; empty for a MOCK. */
  readonly invokeArn: string;
}

export const endpoints = (state: State): Endpoint[] => [...restMethods(state), ...httpRoutes(state)];

/** ARNs that permissions are granted to, without stage, method and path. */
export const executionArns = (state: State): string[] =>
  state.all("aws_api_gateway_rest_api", "aws_apigatewayv2_api").map((api) => text(api, "execution_arn"));

export function restMethods(state: State): Endpoint[] {
  return state.all("aws_api_gateway_method").map((resource) => {
    const integration = state.all("aws_api_gateway_integration").find((other) => place(other) === place(resource));
    const httpMethod = text(resource, "http_method");
    const path = pathOf(state, text(resource, "resource_id"));
    const name = `${httpMethod} ${path}`;
    const open = text(resource, "authorization") === "NONE";
    return { name, httpMethod, path, open, resource, integration, invokeArn: text(integration, "uri") };
  });
}

export function httpRoutes(state: State): Endpoint[] {
  return state.all("aws_apigatewayv2_route").map((resource) => {
    const target = text(resource, "target");
    const integration = state
      .all("aws_apigatewayv2_integration")
      .find((other) => `integrations/${text(other, "id")}` === target);
    const name = text(resource, "route_key");
    const [httpMethod = "", path = ""] = name.split(" ");
    const open = text(resource, "authorization_type") === "NONE";
    return { name, httpMethod, path, open, resource, integration, invokeArn: text(integration, "integration_uri") };
  });
}

/** API, resource and HTTP method: the same for a method, its integration and its responses. */
export const place = (resource: Resource): string =>
  ["rest_api_id", "resource_id", "http_method"].map((attribute) => text(resource, attribute)).join(" ");

function pathOf(state: State, resourceId: string): string {
  if (state.all("aws_api_gateway_rest_api").some((api) => text(api, "root_resource_id") === resourceId)) return "/";
  const resource = state.all("aws_api_gateway_resource").find((candidate) => text(candidate, "id") === resourceId);
  return resource ? text(resource, "path") : `<no resource ${resourceId}>`;
}

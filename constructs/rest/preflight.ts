import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayIntegrationResponse } from "@cdktf/provider-aws/lib/api-gateway-integration-response";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodResponse } from "@cdktf/provider-aws/lib/api-gateway-method-response";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { MAX_AGE_SECONDS } from "../api/cors";
import { staticOrigin } from "../api/origin";

/** API Gateway's syntax for a static value. */
export const quoted = (value: string) => `'${value}'`;

export interface PreflightProps {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly requestValidatorId: string;
  /** Methods that the path has. */
  readonly methods: readonly string[];
  readonly origins: readonly string[];
  /** Request headers that a page may send. */
  readonly headers: readonly string[];
  /** Whether a page may send cookies. */
  readonly credentials: boolean;
  /**
   * Whether to convert the body to text: required if the API has binary media types. With `*` + `/*` a preflight counts as binary, and
   * API Gateway returns 500 because it cannot apply a mapping template to it.
   */
  readonly asText: boolean;
}

/** `OPTIONS` of one path: public, a MOCK integration that returns 204 without a body. */
export class Preflight extends Construct {
  readonly served: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: PreflightProps) {
    super(scope, id);
    const several = props.origins.length > 1;
    const headers = preflightHeaders(props);
    const method = new ApiGatewayMethod(this, "method", {
      restApiId: props.restApiId,
      resourceId: props.resourceId,
      httpMethod: "OPTIONS",
      authorization: "NONE",
      requestValidatorId: props.requestValidatorId,
    });
    const at = { restApiId: props.restApiId, resourceId: props.resourceId, httpMethod: method.httpMethod };
    const integration = new ApiGatewayIntegration(this, "integration", {
      ...at,
      type: "MOCK",
      ...(props.asText && { contentHandling: "CONVERT_TO_TEXT" }),
      requestTemplates: { "application/json": JSON.stringify({ statusCode: 204 }) },
    });
    const declared = [...Object.keys(headers), ...(several ? ["Access-Control-Allow-Origin"] : [])];
    const methodResponse = new ApiGatewayMethodResponse(this, "method-response", {
      ...at,
      statusCode: "204",
      responseParameters: Object.fromEntries(declared.map((name) => [`method.response.header.${name}`, true])),
    });
    const integrationResponse = new ApiGatewayIntegrationResponse(this, "integration-response", {
      ...at,
      statusCode: methodResponse.statusCode,
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, quoted(value)]),
      ),
      ...(several && { responseTemplates: { "application/json": originTemplate(props.origins) } }),
      dependsOn: [integration],
    });
    this.served = [method, integration, methodResponse, integrationResponse];
  }
}

function preflightHeaders(props: PreflightProps): Record<string, string> {
  return {
    ...(props.credentials && { "Access-Control-Allow-Credentials": "true" }),
    "Access-Control-Allow-Headers": props.headers.join(","),
    "Access-Control-Allow-Methods": ["OPTIONS", ...props.methods].join(","),
    "Access-Control-Max-Age": String(MAX_AGE_SECONDS),
    ...(props.origins.length > 1 ? { Vary: "Origin" } : { "Access-Control-Allow-Origin": staticOrigin(props.origins) }),
  };
}

/** A static value holds one origin. With several, the template returns the caller's origin if it is listed. */
function originTemplate(origins: readonly string[]): string {
  const listed = origins.map((origin) => `$origin == "${origin}"`).join(" || ");
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin)#set($origin = $input.params().header.get("origin"))#end',
    `#if(${listed})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join("\n");
}

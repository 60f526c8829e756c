/** The errors that API Gateway makes itself, in the envelope of every other answer and readable by a browser. */
import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import { staticOrigin } from "../api/origin";
import { quoted } from "./preflight";

/**
 * Each keeps API Gateway's own status code. On `DEFAULT_4XX` and `DEFAULT_5XX` that is not a matter of taste: a status
 * code there would rewrite that of every error that has no response of its own.
 */
const responseTypes = [
  "UNAUTHORIZED",
  "EXPIRED_TOKEN",
  "ACCESS_DENIED",
  "MISSING_AUTHENTICATION_TOKEN",
  "BAD_REQUEST_BODY",
  "BAD_REQUEST_PARAMETERS",
  "THROTTLED",
  "DEFAULT_4XX",
  "DEFAULT_5XX",
] as const;

/** `messageString` comes with its quotes; templates of gateway responses know variables only, no VTL. */
const ENVELOPE = '{"message":$context.error.messageString,"error":true,"success":false,"data":null}';

/** Seconds after which a throttled caller may try again: the bucket refills every second. */
const RETRY_AFTER_SECONDS = 1;

export interface GatewayResponsesProps {
  readonly restApiId: string;
  readonly origins: readonly string[];
  /** Response headers that a page may read, besides Retry-After. */
  readonly exposedHeaders: readonly string[];
}

export class GatewayResponses extends Construct {
  readonly served: readonly ApiGatewayGatewayResponse[];

  constructor(scope: Construct, id: string, props: GatewayResponsesProps) {
    super(scope, id);
    this.served = responseTypes.map(
      (responseType) =>
        new ApiGatewayGatewayResponse(this, responseType.toLowerCase(), {
          restApiId: props.restApiId,
          responseType,
          responseTemplates: { "application/json": ENVELOPE },
          responseParameters: {
            "gatewayresponse.header.Access-Control-Allow-Origin": quoted(staticOrigin(props.origins)),
            "gatewayresponse.header.Cache-Control": quoted("no-store"),
            ...(responseType === "THROTTLED" && {
              "gatewayresponse.header.Retry-After": quoted(String(RETRY_AFTER_SECONDS)),
            }),
            ...exposed(
              ["Retry-After"].filter(() => responseType === "THROTTLED"),
              props.exposedHeaders,
            ),
          },
        }),
    );
  }
}

function exposed(own: readonly string[], further: readonly string[]): Record<string, string> {
  const names = [...own, ...further];
  return names.length > 0 ? { "gatewayresponse.header.Access-Control-Expose-Headers": quoted(names.join(",")) } : {};
}

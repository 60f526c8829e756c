/** Error responses that API Gateway creates itself, in the same envelope as all others, with CORS headers. */
import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { Construct } from "constructs";
import { staticOrigin } from "../api/origin";
import { quoted } from "./preflight";

/** All keep API Gateway's status code. On `DEFAULT_4XX` and `DEFAULT_5XX` one would replace the code of every error not listed here. */
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

/** `messageString` includes its quotes. Templates of gateway responses support variables, but no VTL. */
const ENVELOPE = '{"message":$context.error.messageString,"error":true,"success":false,"data":null}';

/** Seconds after which a throttled caller may try again: the token bucket refills every second. */
const RETRY_AFTER_SECONDS = 1;

export interface GatewayResponsesProps {
  readonly restApiId: string;
  readonly origins: readonly string[];
  /** Whether a page may send cookies. It can then read an error of the gateway only if there is one origin: `*` is not enough. */
  readonly credentials: boolean;
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
            ...(props.credentials &&
              props.origins.length === 1 && {
                "gatewayresponse.header.Access-Control-Allow-Credentials": quoted("true"),
              }),
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

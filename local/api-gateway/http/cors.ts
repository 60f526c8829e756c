import { nested } from "../../terraform/json";
import type { Block } from "../../terraform/read-stack";
import type { ApiRequest } from "../common/request";
import type { ApiResponse, Header } from "../common/response";

/** An HTTP API's own CORS configuration. */
export interface Cors {
  /** The response to an OPTIONS request of any path. */
  preflight(request: ApiRequest): ApiResponse;
  /** Replaces the CORS headers of a response with those of the API. */
  dress(request: ApiRequest, response: ApiResponse): ApiResponse;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * That page documents the headers on preflights and on responses of integrations. Here the gateway's own errors have
 * them too, and `Vary`, which it does not mention.
 * @returns undefined if the API has no CORS configuration: OPTIONS is then a method like any other
 */
export function createCors({ values }: Block): Cors | undefined {
  const configuration = nested(values.cors_configuration);
  if (!configuration) return undefined;
  const list = (name: string) => [configuration[name] ?? []].flat().map(String);
  const origins = list("allow_origins");
  const header = (name: string, value: string): Header[] => (value === "" ? [] : [[name, value]]);
  /** Empty if the request has no Origin or one that is not listed. */
  const allowing = ({ headers: { origin } }: ApiRequest, more: readonly Header[]): Header[] => {
    const match = origins.find((one) => origin !== undefined && matches(one, origin));
    if (!match || origin === undefined) return [];
    const credentials = configuration.allow_credentials === true ? "true" : "";
    return [
      ["access-control-allow-origin", match === "*" ? "*" : origin],
      ...header("access-control-allow-credentials", credentials),
      ...more,
    ];
  };
  const preflightHeaders = [
    ...header("access-control-allow-methods", list("allow_methods").join(",")),
    ...header("access-control-allow-headers", list("allow_headers").join(",")),
    ...header("access-control-max-age", String(configuration.max_age ?? "")),
  ];
  const exposed = header("access-control-expose-headers", list("expose_headers").join(","));
  const vary = (headers: readonly Header[]): Header[] =>
    origins.includes("*") || headers.some(([name, value]) => /^vary$/i.test(name) && /\borigin\b/i.test(value))
      ? []
      : [["vary", "Origin"]];
  return {
    preflight(request) {
      const asked = request.headers["access-control-request-method"] !== undefined;
      return { status: 204, headers: [...(asked ? allowing(request, preflightHeaders) : []), ...vary([])], body: "" };
    },
    dress(request, response) {
      const kept = response.headers.filter(([name]) => !/^access-control-/i.test(name));
      return { ...response, headers: [...kept, ...allowing(request, exposed), ...vary(kept)] };
    },
  };
}

/** Exactly, or `*`, or any origin of a scheme: `https://*`. */
const matches = (allowed: string, origin: string) =>
  allowed === "*" || allowed === origin || (allowed.endsWith("://*") && origin.startsWith(allowed.slice(0, -1)));

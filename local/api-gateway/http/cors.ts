import { nested } from "../../terraform/json";
import type { Block } from "../../terraform/read-stack";
import type { Call } from "../common/request";
import type { Answer, Header } from "../common/response";

/** An HTTP API's own CORS configuration. */
export interface Cors {
  /** The answer to an OPTIONS request, whatever its path. */
  preflight(call: Call): Answer;
  /** The answer with the API's CORS headers in place of those that the function gave. */
  dress(call: Call, answer: Answer): Answer;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * That page promises the headers on preflights and on answers of integrations. Here the gateway's own errors have them
 * too, and `Vary`, which it does not mention.
 * @returns undefined if the API has none: OPTIONS is then a method as any other
 */
export function createCors({ values }: Block): Cors | undefined {
  const configuration = nested(values.cors_configuration);
  if (!configuration) return undefined;
  const list = (name: string) => [configuration[name] ?? []].flat().map(String);
  const origins = list("allow_origins");
  const header = (name: string, value: string): Header[] => (value === "" ? [] : [[name, value]]);
  /** Nothing for a caller whose origin is not listed, or that has none. */
  const allowing = ({ headers: { origin } }: Call, more: readonly Header[]): Header[] => {
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
    preflight(call) {
      const asked = call.headers["access-control-request-method"] !== undefined;
      return { status: 204, headers: [...(asked ? allowing(call, preflightHeaders) : []), ...vary([])], body: "" };
    },
    dress(call, answer) {
      const kept = answer.headers.filter(([name]) => !/^access-control-/i.test(name));
      return { ...answer, headers: [...kept, ...allowing(call, exposed), ...vary(kept)] };
    },
  };
}

/** Exactly, or `*`, or any origin of a scheme: `https://*`. */
const matches = (allowed: string, origin: string) =>
  allowed === "*" || allowed === origin || (allowed.endsWith("://*") && origin.startsWith(allowed.slice(0, -1)));

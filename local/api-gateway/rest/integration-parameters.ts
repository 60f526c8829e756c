import { nested } from "../../terraform/json";
import type { Block } from "../../terraform/read-stack";
import type { MappingSources } from "../common/integration";
import { mappingExpression } from "./mapping-expression";

/**
 * Headers that `request_parameters` may not set: API Gateway writes them itself. It deploys such a mapping and fails
 * every request for which it has a value, also where the integration uses no mapping (recorded by LocalStack's tests).
 */
const FORBIDDEN = new Set([
  "authorization",
  "connection",
  "content-length",
  "expect",
  "proxy-authenticate",
  "te",
  "transfer-encoding",
  "x-amzn-trace-id",
]);

/** Finds out why a request fails; undefined if its parameters may be mapped. */
export type MappingFault = (sources: MappingSources) => string | undefined;

export function createMappingFault({ address, values }: Block): MappingFault {
  const forbidden = Object.entries(nested(values.request_parameters) ?? {}).flatMap(([target, source]) => {
    const header = /^integration\.request\.header\.(.+)$/.exec(target)?.[1]?.toLowerCase() ?? "";
    return FORBIDDEN.has(header) ? [{ target, value: mappingExpression(String(source), address) }] : [];
  });
  return (sources) => {
    const found = forbidden.find(({ value }) => value(sources));
    return found && `${address}: request_parameters must not set ${found.target}`;
  };
}

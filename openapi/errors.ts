/** The errors that a route can respond with, by status. */
import { isPublic, type Route } from "../constructs/api/route";
import type { OpenApiSettings } from "./settings";

/** A wrong request: the message names the field and the rule. */
const request = (route: Route): [number, string][] => [
  ...(route.body || route.query || route.pathParameters
    ? [[400, "The request is not as described: the message names the field and the rule"] as [number, string]]
    : []),
  ...(route.body
    ? ([
        [413, "The body is too large"],
        [415, "The body is not application/json"],
      ] as [number, string][])
    : []),
];

const access = (route: Route, { apiType, tokenUse }: OpenApiSettings): [number, string][] => {
  if (isPublic(route)) return [];
  const { groups } = route;
  return [
    [401, "The token is missing, invalid or expired"],
    ...(groups ? [[403, `Only members of the group ${groups.join(" or ")} may do this`] as [number, string]] : []),
    // An HTTP API tells a token without the route's scopes from an invalid one.
    ...(apiType === "http" && tokenUse === "access" ? [[403, "The token lacks the scopes"] as [number, string]] : []),
  ];
};

const gateway = ({ apiType, waf }: OpenApiSettings): [number, string][] => [
  ...(waf && apiType === "rest" ? [[403, "The firewall rejects the request"] as [number, string]] : []),
  [429, "Too many requests"],
  [500, "Internal error"],
  ...(apiType === "rest"
    ? ([
        [502, "The function failed"],
        [504, "The function did not respond in time"],
      ] as [number, string][])
    : ([[503, "The function did not respond in time"]] as [number, string][])),
];

/** @returns descriptions by status, sorted; of several causes all are named */
export function errorsOf(route: Route, settings: OpenApiSettings): ReadonlyMap<number, string> {
  const own = Object.entries(route.errors ?? {}).map(([status, cause]): [number, string] => [Number(status), cause]);
  const found = new Map<number, string>();
  for (const [status, cause] of [...request(route), ...access(route, settings), ...own, ...gateway(settings)]) {
    const before = found.get(status);
    found.set(status, before === undefined ? cause : `${before}; or: ${cause}`);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

import type { Gateway } from "./api-gateway/gateway";

type Served = Pick<Gateway, "stages" | "routes">;

/** A path of the local API itself, such as `/_console`, which the stack's API may serve instead. */
export interface OwnPath {
  /** Whether the path of a URL is this one or below. */
  includes(url: string): boolean;
  /** Whether the API serves it: a stage of that name, or a route of the stage `$default`. Catch-all routes do not count. */
  isTaken(api: Served): boolean;
}

export function ownPath(path: `/${string}`): OwnPath {
  const includes = (url: string) => url === path || ["/", "?"].some((next) => url.startsWith(`${path}${next}`));
  return {
    includes,
    isTaken: ({ stages, routes }) =>
      stages.includes(path.slice(1)) ||
      routes.some((route) => includes(route.path) && route.details().stage === "$default"),
  };
}

/** Throttling of single routes, for both kinds of API. A route can lower the limit of its stage, but not raise it. */
import type { Route, Throttle } from "./route";

export interface RouteLimit {
  readonly route: Route;
  readonly limit: Throttle;
}

/** The routes with a limit of their own. */
export const routeLimits = (routes: readonly Route[], stage: Throttle): RouteLimit[] =>
  routes.flatMap((route) => (route.throttle ? [{ route, limit: stricter(route.throttle, stage) }] : []));

const stricter = (a: Throttle, b: Throttle): Throttle => ({
  rateLimit: Math.min(a.rateLimit, b.rateLimit),
  burstLimit: Math.min(a.burstLimit, b.burstLimit),
});

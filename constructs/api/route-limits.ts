/** Throttling, the same on both kinds of API: a route can be stricter than its stage, never more generous. */
import type { Route, Throttle } from "./route";

export interface RouteLimit {
  readonly route: Route;
  readonly limit: Throttle;
}

/** The routes that ask for a limit of their own. */
export const routeLimits = (routes: readonly Route[], stage: Throttle): RouteLimit[] =>
  routes.flatMap((route) => (route.throttle ? [{ route, limit: stricter(route.throttle, stage) }] : []));

const stricter = (a: Throttle, b: Throttle): Throttle => ({
  rateLimit: Math.min(a.rateLimit, b.rateLimit),
  burstLimit: Math.min(a.burstLimit, b.burstLimit),
});

/** Where the requests of a route that goes arrive afterwards. */
import type { Plan } from "../plan/plan";
import { type Route, routes } from "./served-routes";

/** @returns the most specific of the routes that still match; `$default` and greedy ones take in whole trees */
export function fallback(plan: Plan, gone: Route): Route | undefined {
  const [verb = "", path = ""] = split(gone.name);
  const matching = [...routes(plan, "after").values()].filter((route) => {
    if (route.api !== gone.api || route.preflight || route.webSocket) return false;
    if (route.name === "$default") return true;
    const [method = "", pattern = ""] = split(route.name);
    return (method === "ANY" || method === verb || verb === "ANY") && takesIn(pattern, path);
  });
  return matching.sort((a, b) => specificity(b.name) - specificity(a.name))[0];
}

const split = (name: string): string[] => name.split(" ");

function takesIn(pattern: string, path: string): boolean {
  const [wide, narrow] = [pattern.split("/"), path.split("/")];
  for (const [i, segment] of wide.entries()) {
    if (/^\{.*\+\}$/.test(segment)) return narrow.length > i;
    if (narrow[i] === undefined || (segment !== narrow[i] && !/^\{.*\}$/.test(segment))) return false;
  }
  return wide.length === narrow.length;
}

/** Longer first, then fewer variables; `$default` last. */
const specificity = (name: string): number =>
  name === "$default"
    ? -1
    : name.split("/").length * 10 - (name.match(/\{/g)?.length ?? 0) * 2 - (name.includes("+}") ? 5 : 0);

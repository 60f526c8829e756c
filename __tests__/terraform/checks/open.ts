/** Endpoints without authorization are exactly the public rows of the route table, and OPTIONS. */
import { isPublic, routeName } from "../../../constructs/api/route";
import { routes } from "../../../routes";
import type { State } from "../gate/state";
import { endpoints } from "./endpoints";

export function openEndpointProblems(state: State): string[] {
  const allowed = new Set(routes.filter(isPublic).map(routeName));
  return endpoints(state).flatMap(({ name, httpMethod, open }) => {
    const mayBeOpen = httpMethod === "OPTIONS" || allowed.has(name);
    return open === mayBeOpen ? [] : [`${name} is ${open ? "public" : "private"}, unlike its row`];
  });
}

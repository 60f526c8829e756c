/** What is wrong with a route table, before any of it is built. */
import { requestModel } from "./request-model";
import { parameterProblems } from "./request-parameters";
import { functionNames, httpMethods, isPublic, type Route, routeName, segments } from "./route";

export interface RouteChecks {
  /** Whether the API has an authorizer. */
  readonly authorizer: boolean;
  /** Which token the authorizer accepts; only a route with scopes accepts access tokens. */
  readonly tokenUse: "id" | "access";
}

/** @throws Error that lists every problem of the table, one per line. */
export function checkRoutes(routes: readonly Route[], checks: RouteChecks): void {
  const problems = [
    ...routes.flatMap((route) => routeProblems(route, checks).map((problem) => `${routeName(route)}: ${problem}`)),
    ...duplicates(routes),
    ...conflictingVariables(routes),
    ...differentGroups(routes),
  ];
  if (problems.length > 0) throw new Error(`The route table has problems:\n  ${problems.join("\n  ")}`);
}

function routeProblems(route: Route, checks: RouteChecks): string[] {
  const problems: string[] = [];
  if (!httpMethods.includes(route.method)) {
    problems.push(`method must be one of ${httpMethods.join(", ")}, got ${route.method}; OPTIONS is added for CORS`);
  }
  if (!/^\/$|^(\/([\w.:-]+|\{\w+\}))+$|^(\/([\w.:-]+|\{\w+\}))*\/\{\w+\+\}$/.test(route.path)) {
    problems.push(
      `path must be "/" or segments of letters, digits, ".", ":", "_", "-" or {name}, got ${JSON.stringify(route.path)}`,
    );
  }
  problems.push(...parameterProblems(route), ...bodyProblems(route), ...groupProblems(route));
  if (route.access !== undefined && route.access !== "public" && route.access !== "private") {
    problems.push(`access must be "public" or "private", got ${JSON.stringify(route.access)}`);
  }
  if (isPublic(route)) {
    if (!route.reason?.trim()) problems.push("reason must say why the route is public, got none: or leave access out");
  } else {
    if (!checks.authorizer) problems.push("a private route needs an authorizer, got none: pass the user pool");
    if (checks.tokenUse === "access" && !route.scopes?.length) {
      problems.push("scopes must name at least one scope with TOKEN_USE=access, got none");
    }
  }
  return problems;
}

function bodyProblems({ body }: Route): string[] {
  try {
    if (body) requestModel(body);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function duplicates(routes: readonly Route[]): string[] {
  const seen = new Set<string>();
  return routes.flatMap((route) => {
    const name = routeName(route);
    if (seen.has(name)) return [`${name}: method and path must be unique, got two such routes`];
    seen.add(name);
    return [];
  });
}

/** API Gateway rejects `/orders/{id}` beside `/orders/{name}`: a resource has at most one variable among its children. */
function conflictingVariables(routes: readonly Route[]): string[] {
  const variables = new Map<string, string>();
  return routes.flatMap((route) =>
    segments(route.path).flatMap((segment, index, all) => {
      if (!segment.startsWith("{")) return [];
      const parent = `/${all.slice(0, index).join("/")}`;
      const other = variables.get(parent) ?? segment;
      variables.set(parent, other);
      return other === segment
        ? []
        : [`${routeName(route)}: ${segment} must be ${other} as in another route under ${parent}`];
    }),
  );
}

/** A token carries its groups as one text: `admin,users` on a REST API, `[admin users]` on an HTTP API. */
function groupProblems(route: Route): string[] {
  const { groups } = route;
  if (!groups) return [];
  if (isPublic(route)) return ["groups must be left out of a public route, which has no token to tell them"];
  const wrong = groups.find((group) => !/^[\w.:@+=-]{1,128}$/.test(group));
  if (groups.length > 0 && wrong === undefined) return [];
  return [
    `groups must be names of letters, digits and _.:@+=-, got ${wrong === undefined ? "none" : JSON.stringify(wrong)}`,
  ];
}

function differentGroups(routes: readonly Route[]): string[] {
  return functionNames(routes).flatMap((name) => {
    const own = routes.filter((route) => route.function === name);
    const lists = new Set(own.map(({ groups = [] }) => [...groups].sort().join(", ")));
    return lists.size > 1
      ? [
          `${own.map(routeName).join(", ")}: groups must be the same on all routes of ${name}, got ${[...lists].map((list) => list || "none").join(" and ")}`,
        ]
      : [];
  });
}

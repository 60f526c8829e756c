/** A row of the route table: what both kinds of API need to know of an endpoint, and what is checked before any of it is built. */
import type { GenericSchema } from "valibot";
import { parameterProblems } from "./request-parameters";

export const httpMethods = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"] as const;
export type HttpMethod = (typeof httpMethods)[number];

export interface Throttle {
  /** Requests a second that are let through in the long run. */
  readonly rateLimit: number;
  /** Requests that may come at once. */
  readonly burstLimit: number;
}

export interface Route {
  readonly method: HttpMethod;
  /** From the stage's root: `/user/login`, `/orders/{id}`, `/files/{name+}`. */
  readonly path: string;
  /** Name of the handler's file in `functions/`, without `.ts`. Several routes may share one function. */
  readonly function: string;
  /**
   * Who may call it. A public route is open to everybody and must state its `reason`.
   * @default "private"
   */
  readonly access?: "public" | "private";
  /** Why a public route must be public. */
  readonly reason?: string;
  /**
   * Scopes of which an access token must carry one. Used, and then required on a private route, with TOKEN_USE=access.
   * @default - no scopes
   */
  readonly scopes?: readonly string[];
  /**
   * Object schema of the JSON body. A REST API checks it before the function runs, as far as a model can say it.
   * @default - the body is not checked at the gateway
   */
  readonly body?: GenericSchema;
  /**
   * Object schema of the query. A REST API checks that the required parameters are there.
   * @default - not checked at the gateway
   */
  readonly query?: GenericSchema;
  /**
   * Object schema of the path's variables: it must name each of them, and no other.
   * @default - not checked but for their presence
   */
  readonly pathParameters?: GenericSchema;
  /**
   * Cognito actions that the function calls on the user pool with its role: exactly these are allowed.
   * Sign-in, refresh and sign-out need none.
   * @default - none
   */
  readonly cognitoActions?: readonly string[];
  /**
   * A limit below that of the stage, for what can be guessed or is expensive.
   * @default - the stage's limit
   */
  readonly throttle?: Throttle;
  /**
   * Longest time one invocation of the function may run, in seconds.
   * @default 10
   */
  readonly timeoutSeconds?: number;
}

export const isPublic = (route: Route): boolean => route.access === "public";
export const routeName = (route: Route): string => `${route.method} ${route.path}`;

/** `user/login` for `/user/login`; the root has no segment. */
export const segments = (path: string): string[] => path.split("/").filter(Boolean);

export interface RouteChecks {
  /** Whether an authorizer stands behind private routes. */
  readonly authorizer: boolean;
  /** Which token the authorizer takes; access tokens are told apart by their scopes. */
  readonly tokenUse: "id" | "access";
}

/** @throws Error that lists every problem of the table, a line each. */
export function checkRoutes(routes: readonly Route[], checks: RouteChecks): void {
  const problems = [
    ...routes.flatMap((route) => routeProblems(route, checks).map((problem) => `${routeName(route)}: ${problem}`)),
    ...duplicates(routes),
    ...conflictingVariables(routes),
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
  problems.push(...parameterProblems(route));
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

function duplicates(routes: readonly Route[]): string[] {
  const seen = new Set<string>();
  return routes.flatMap((route) => {
    const name = routeName(route);
    if (seen.has(name)) return [`${name}: method and path must be unique, got two such routes`];
    seen.add(name);
    return [];
  });
}

/** API Gateway refuses `/orders/{id}` beside `/orders/{name}`: a resource has one child that is a variable. */
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

/** Each function that routes name, once. */
export const functionNames = (routes: readonly Route[]) => [...new Set(routes.map((route) => route.function))];

/** The file that exports the handler, relative to the project root. */
export const handlerFile = (name: string) => `functions/${name}.ts`;

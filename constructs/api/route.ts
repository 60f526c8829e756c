/** A row of the route table, for both kinds of API, and the checks of the table. */
import type { GenericSchema } from "valibot";

export const httpMethods = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"] as const;
export type HttpMethod = (typeof httpMethods)[number];

export interface Throttle {
  /** Requests per second in the long run: the rate at which the token bucket refills. */
  readonly rateLimit: number;
  /** Requests at once: the size of the token bucket. */
  readonly burstLimit: number;
}

export interface Route {
  readonly method: HttpMethod;
  /** From the stage's root: `/user/login`, `/orders/{id}`, `/files/{name+}`. */
  readonly path: string;
  /** Name of the handler's file in `functions/`, without `.ts`. Several routes may share one function. */
  readonly function: string;
  /**
   * Who may call the route. A public route needs no token and must state its `reason`.
   * @default "private"
   */
  readonly access?: "public" | "private";
  /** Why the route is public; required for public routes. It does not appear in AWS. */
  readonly reason?: string;
  /**
   * What the route does, in one line, for the OpenAPI document: "Signs in with a password".
   * @default - none
   */
  readonly summary?: string;
  /**
   * Groups of the user pool whose members may call the route; others get 403. The function checks it, so that all routes of a
   * function must name the same groups. A pool of this stack gets the groups, too.
   * @default - every signed-in user
   */
  readonly groups?: readonly string[];
  /**
   * Scopes, of which an access token must have at least one. Used with TOKEN_USE=access, where every private route must have some.
   * @default - no scopes
   */
  readonly scopes?: readonly string[];
  /**
   * Schema of the JSON body, an object or an array. A REST API checks it before the function runs, as far as a model can say it.
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
   * Schema of the `data` that a success carries, for the OpenAPI document and the typed client.
   * @default - not described; for status 204, no data
   */
  readonly returns?: GenericSchema;
  /**
   * Status of a success, for the OpenAPI document: `created()` responds with 201, `noContent()` with 204.
   * @default 200
   */
  readonly status?: 200 | 201 | 202 | 204;
  /**
   * When the function responds with an error of its own, by status, for the OpenAPI document: `{ 404: "There is no such note" }`.
   * Left out are those that every such route can have: a wrong request, a missing token or group, throttling, 5xx of the gateway.
   * @default - none
   */
  readonly errors?: Readonly<Record<number, string>>;
  /**
   * A body that a reference page shows, and sends when it is tried.
   * @default - made from the schema: its required fields
   */
  readonly example?: unknown;
  /**
   * That the function sets the cookie of REFRESH_TOKEN_COOKIE. With `body` it also reads it: the schema of its body with that setting.
   * @default - no cookie
   */
  readonly refreshCookie?: { readonly body?: GenericSchema };
  /**
   * IAM actions on the user pool that the function's role is allowed. Cognito's operations for sign-in, refresh and sign-out need none.
   * @default - none
   */
  readonly cognitoActions?: readonly string[];
  /**
   * A limit below that of the stage, for routes where guessing pays or that are expensive.
   * @default - the stage's limit
   */
  readonly throttle?: Throttle;
  /**
   * Time-out of the function in seconds, 1 to 28; the longest among the routes that share a function.
   * @default 10
   */
  readonly timeoutSeconds?: number;
  /**
   * npm packages that the function has beside its bundle, because they have native code or read files of their own: see `NodeFunction`.
   * @default - none
   */
  readonly external?: readonly string[];
  /**
   * Files and folders that the function has beside its bundle, relative to the project root: see `NodeFunction`.
   * @default - none
   */
  readonly assets?: readonly string[];
}

export const isPublic = (route: Route): boolean => route.access === "public";
export const routeName = (route: Route): string => `${route.method} ${route.path}`;

/** `user/login` for `/user/login`; the root has no segment. */
export const segments = (path: string): string[] => path.split("/").filter(Boolean);

/** Names of the functions in the table, without duplicates. */
export const functionNames = (routes: readonly Route[]) => [...new Set(routes.map((route) => route.function))];

/** The file that exports the handler, relative to the project root. */
export const handlerFile = (name: string) => `functions/${name}.ts`;

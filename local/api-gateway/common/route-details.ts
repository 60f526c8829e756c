import type { JsonObject } from "../../terraform/json";
import type { Limits } from "./throttle";

/** What the configuration says about a route beyond its method and path: for people, not for serving. */
export interface RouteDetails {
  readonly stage: string;
  /** Terraform's address of the authorizer; undefined for a public route. */
  readonly authorizer: string | undefined;
  /** Header that carries the token. */
  readonly tokenHeader: string | undefined;
  /** The token needs one of them; without scopes an id token is expected. */
  readonly scopes: readonly string[];
  readonly limits: Limits | undefined;
  readonly timeoutMs: number;
  /** JSON Schema of a JSON body; undefined if the stack has none. */
  readonly bodySchema: JsonObject | undefined;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly in: "path" | "query" | "header";
  readonly name: string;
  readonly required: boolean;
}

/** `{id}` and `{proxy+}` of a path. */
export const pathParameters = (path: string): Parameter[] =>
  [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => ({ in: "path", name, required: true }));

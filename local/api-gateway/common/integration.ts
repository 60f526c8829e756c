import type { GatewayError } from "./gateway-error";
import type { ApiRequest } from "./request";
import type { ApiResponse } from "./response";

/** What mapping expressions and templates read. */
export interface MappingSources {
  readonly request: ApiRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The names of `$context`. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A request that has passed throttling, authorizer and validation. */
export interface AuthorizedRequest {
  readonly sources: MappingSources;
  readonly resourcePath: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
}

/** The backend of a route. */
export interface Integration {
  /** Name of the function behind it; undefined for a MOCK. */
  readonly functionName: string | undefined;
  respond(request: AuthorizedRequest): Promise<{ readonly response: ApiResponse } | { readonly error: GatewayError }>;
}

import type { ApiRequest } from "./request";
import type { ApiResponse } from "./response";
import type { RouteDetails } from "./route-details";

/** Serves one request whose path lies below a stage. Never rejects for what the request or the function did wrong. */
export type Serve = (request: ApiRequest) => Promise<ApiResponse>;

/** One route of a stage. */
export interface ServedRoute {
  /** `GET`, `ANY`; empty for an HTTP API's route `$default`. */
  readonly method: string;
  readonly path: string;
  /** Whether it needs a token. */
  readonly isPrivate: boolean;
  /** Name of its function; undefined for a MOCK. */
  readonly functionName: string | undefined;
}

export interface DetailedRoute extends ServedRoute {
  /** Read on demand: serving does not need them. */
  details(): RouteDetails;
}

export interface ServedStage {
  readonly name: string;
  readonly routes: readonly DetailedRoute[];
  readonly serve: Serve;
}

/** The APIs of one kind, REST or HTTP. */
export interface Apis {
  readonly stages: readonly ServedStage[];
  /** Serves paths that begin with no stage. */
  readonly elsewhere: Serve;
  /** The response to a body above BODY_LIMIT, which no stage sees. */
  readonly tooLong: ApiResponse;
}

import type { ApiRequest } from "./request";
import type { ApiResponse } from "./response";

/** Serves one request whose path lies below a stage. Never rejects for what the request or the function did wrong. */
export type Serve = (request: ApiRequest) => Promise<ApiResponse>;

/** The APIs of one kind, REST or HTTP. */
export interface Apis {
  readonly stages: readonly (readonly [name: string, serve: Serve])[];
  /** Serves paths that begin with no stage. */
  readonly elsewhere: Serve;
  /** The response to a body above BODY_LIMIT, which no stage sees. */
  readonly tooLong: ApiResponse;
}

import type { Call } from "./request";
import type { Answer } from "./response";

/** Answers one request whose path lies below a stage. Whatever goes wrong is an answer too. */
export type Serve = (call: Call) => Promise<Answer>;

/** The APIs of one kind, REST or HTTP, as the gateway hands them requests. */
export interface Apis {
  readonly stages: readonly (readonly [name: string, serve: Serve])[];
  /** For a path that begins with no stage. */
  readonly elsewhere: Serve;
  /** For a body above BODY_LIMIT, which no stage gets to see. */
  readonly tooLong: Answer;
}

import type { Refusal } from "./gateway-error";
import type { Call } from "./request";
import type { Answer } from "./response";

/** What expressions and templates read. */
export interface Scope {
  readonly call: Call;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The names of `$context`. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A call that passed every check. */
export interface Admitted {
  readonly scope: Scope;
  readonly resourcePath: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
}

/** What answers an admitted call. */
export type Integration = (admitted: Admitted) => Promise<{ readonly answer: Answer } | { readonly refusal: Refusal }>;

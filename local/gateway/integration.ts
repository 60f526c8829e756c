import type { Answer } from "./answer";
import type { Scope } from "./mapping-expression";
import type { Refusal } from "./refusal";

/** A call that passed every check. */
export interface Admitted {
  readonly scope: Scope;
  readonly resourcePath: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
}

/** What answers an admitted call. */
export type Integration = (admitted: Admitted) => Promise<{ readonly answer: Answer } | { readonly refusal: Refusal }>;

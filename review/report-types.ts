/** What the renderers are given: a report of a plan, with every secret hidden. */
import type { Line } from "./diff";
import type { Kind } from "./kinds";
import type { Verb } from "./plan/plan";
import type { Severity } from "./rules/rule";

export interface ReportedDanger {
  readonly kind: Kind;
  readonly severity: Severity;
  readonly address: string;
  /** What people call it, such as `POST /user/login`. */
  readonly name: string | null;
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  readonly advice: string;
  readonly allowed: boolean;
  /** The reason that the allowance gives. */
  readonly allowedBecause: string | null;
}

export interface ReportedChange {
  readonly action: Exclude<Verb, "keep"> | "move";
  readonly address: string;
  readonly previousAddress: string | null;
  readonly type: string;
  readonly name: string | null;
  readonly lines: readonly Line[];
}

export interface ReportedDrift {
  readonly address: string;
  readonly name: string | null;
  readonly attributes: readonly string[];
  readonly outcome: "undone" | "partly undone" | "accepted";
}

/** A change that no rule looks at. */
export interface ReportedNotJudged {
  /** `accept`: it was changed outside of Terraform, and stays. */
  readonly action: ReportedChange["action"] | "accept";
  readonly address: string;
  readonly name: string | null;
  readonly type: string;
  /** Which of its attributes; none for the whole resource. */
  readonly attributes: readonly string[];
}

export interface ReportedCost {
  readonly address: string;
  readonly name: string | null;
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Report {
  /**
   * `safe`: every change was judged, and nothing is dangerous, or all of it allowed. `partly-judged`: no danger was found,
   * and some changes are of a kind that no rule looks at.
   */
  readonly verdict: "safe" | "partly-judged" | "dangerous";
  readonly dangers: readonly ReportedDanger[];
  /** Dangers that this plan does not bring: it was like that before. */
  readonly standing: readonly ReportedDanger[];
  readonly notJudged: readonly ReportedNotJudged[];
  readonly drift: readonly ReportedDrift[];
  readonly changes: readonly ReportedChange[];
  readonly bill: readonly ReportedCost[];
  readonly notes: readonly string[];
}

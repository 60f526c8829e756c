/** From a plan to its report. The renderers see the report only, never the plan, so that no secret reaches them. */
import type { Allowance } from "./allowance";
import { bill } from "./bill";
import { dangers } from "./dangers";
import type { Danger, Finding } from "./dangers/danger";
import { WHOLE_PLAN } from "./dangers/whole-plan";
import { diff, type Line } from "./diff";
import { friendlyName } from "./friendly-name";
import { type Kind, kinds } from "./kinds";
import type { Change, Plan, Verb } from "./plan/plan";
import type { Redact } from "./secrets/redact";

export interface ReportedDanger {
  readonly kind: Kind;
  readonly address: string;
  /** What people call it, such as `POST /user/login`. */
  readonly name: string | null;
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  readonly advice: string;
  readonly allowed: boolean;
}

export interface ReportedChange {
  readonly action: Exclude<Verb, "keep"> | "move";
  readonly address: string;
  readonly previousAddress: string | null;
  readonly type: string;
  readonly name: string | null;
  readonly lines: readonly Line[];
}

export interface ReportedCost {
  readonly address: string;
  readonly name: string | null;
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Report {
  /** `safe`: nothing dangerous, or all of it allowed. */
  readonly verdict: "safe" | "dangerous";
  readonly dangers: readonly ReportedDanger[];
  /** Dangers that this plan does not bring: it was like that before. */
  readonly standing: readonly ReportedDanger[];
  readonly changes: readonly ReportedChange[];
  readonly bill: readonly ReportedCost[];
  readonly notes: readonly string[];
}

export function review(plan: Plan, allowances: readonly Allowance[]): Report {
  // Text of the plan only: the review's own words are never searched for secrets.
  const { redact } = plan;
  const name = namer(plan, redact);
  const found = dangers.flatMap((danger) => danger.find(plan).map((finding) => reported(danger, finding, name)));
  const all = ordered(withoutDuplicates(found)).map(({ danger, standing }) => ({
    standing,
    danger: {
      ...danger,
      address: redact(danger.address),
      attribute: redact(danger.attribute),
      before: redact(danger.before),
      after: redact(danger.after),
      allowed: isAllowed(danger, allowances),
    },
  }));
  const fresh = all.filter((item) => !item.standing).map((item) => item.danger);
  return {
    verdict: fresh.some((danger) => !danger.allowed) ? "dangerous" : "safe",
    dangers: fresh,
    standing: all.filter((item) => item.standing).map((item) => item.danger),
    changes: plan.changes.filter(isReported).map((change) => reportedChange(change, name, redact)),
    bill: bill(plan).map((cost) => ({
      ...cost,
      address: redact(cost.address),
      name: name(cost.address),
      before: redact(cost.before),
      after: redact(cost.after),
    })),
    notes: notes(plan, allowances, found),
  };
}

const namer = (plan: Plan, redact: Redact) => (address: string) => {
  const change = plan.at(address);
  const name = change && friendlyName(plan, change);
  return name === undefined ? null : redact(name);
};

interface Found {
  readonly danger: Omit<ReportedDanger, "allowed">;
  readonly standing: boolean;
  readonly isUnknown: boolean;
}

function reported(danger: Danger, finding: Finding, name: (address: string) => string | null): Found {
  const { address, attribute, before = null, after = null, isUnknown = false, standing = false } = finding;
  const reason = isUnknown ? `Known only after apply; it matters: ${danger.reason}` : danger.reason;
  const kind = isUnknown ? "unknown" : danger.kind;
  return {
    danger: { kind, address, name: name(address), attribute, before, after, reason, advice: danger.advice },
    standing,
    isUnknown,
  };
}

/** Several dangers can depend on one unknown value: report it once. */
function withoutDuplicates(found: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter(({ danger, isUnknown }) => {
    if (!isUnknown) return true;
    const key = JSON.stringify([danger.address, danger.attribute]);
    return !seen.has(key) && seen.add(key);
  });
}

const ordered = (found: readonly Found[]) =>
  [...found].sort((a, b) => kinds.indexOf(a.danger.kind) - kinds.indexOf(b.danger.kind));

const isAllowed = ({ kind, address }: { kind: Kind; address: string }, allowances: readonly Allowance[]): boolean =>
  address !== WHOLE_PLAN &&
  allowances.some((allowance) => allowance.kind === kind && (allowance.address ?? address) === address);

/** What changes, or moves. */
const isReported = ({ data, verb, previousAddress }: Change): boolean =>
  !data && (verb !== "keep" || previousAddress !== undefined);

function reportedChange(change: Change, name: (address: string) => string | null, redact: Redact): ReportedChange {
  const address = redact(change.address);
  return {
    action: change.verb === "keep" ? "move" : change.verb,
    address: change.deposed ? `${address} (left over)` : address,
    previousAddress: change.previousAddress === undefined ? null : redact(change.previousAddress),
    type: change.type,
    name: change.deposed ? null : name(change.address),
    lines: diff(change).map(({ sign, path, value }) => ({ sign, path: redact(path), value: redact(value) })),
  };
}

function notes(plan: Plan, allowances: readonly Allowance[], found: readonly Found[]): string[] {
  const fresh = found.filter((item) => !item.standing);
  const idle = allowances.filter((allowance) => !fresh.some(({ danger }) => isAllowed(danger, [allowance])));
  return [
    "A plan does not show `lifecycle` (prevent_destroy, ignore_changes): whether it was taken away stands in the code only.",
    ...(plan.drifted.length > 0
      ? [`Changed outside of Terraform since the last apply: ${plan.drifted.length} resources. The plan undoes that.`]
      : []),
    ...(idle.length > 0 ? [`Allowed, and not found: ${idle.map((allowance) => allowance.kind).join(", ")}.`] : []),
  ];
}

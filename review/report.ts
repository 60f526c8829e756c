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
import { mask, redactor } from "./plan/secrets";
import { marksAt } from "./plan/value";

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
  const redact = redactor(plan.secrets);
  const name = namer(plan);
  const found = dangers.flatMap((danger) => danger.find(plan).map((finding) => reported(danger, finding, name)));
  const all = ordered(withoutDuplicates(found)).map((item) => ({
    ...item,
    danger: { ...item.danger, allowed: isAllowed(item.danger, allowances) },
  }));
  const fresh = all.filter((item) => !item.standing).map((item) => item.danger);
  const report: Report = {
    verdict: fresh.some((danger) => !danger.allowed) ? "dangerous" : "safe",
    dangers: fresh,
    standing: all.filter((item) => item.standing).map((item) => item.danger),
    changes: plan.changes.filter(isReported).map((change) => reportedChange(change, name)),
    bill: bill(plan).map(({ change, attribute, before, after }) => ({
      address: change.address,
      name: name(change.address),
      attribute,
      before: mask(before, marksAt(change.beforeSensitive, attribute)),
      after: mask(after, marksAt(change.afterSensitive, attribute)),
    })),
    notes: notes(plan, allowances, fresh),
  };
  return redact(report) as Report;
}

const namer = (plan: Plan) => (address: string) => {
  const change = plan.at(address);
  return (change && friendlyName(plan, change)) ?? null;
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

function reportedChange(change: Change, name: (address: string) => string | null): ReportedChange {
  return {
    action: change.verb === "keep" ? "move" : change.verb,
    address: change.deposed ? `${change.address} (left over)` : change.address,
    previousAddress: change.previousAddress ?? null,
    type: change.type,
    name: change.deposed ? null : name(change.address),
    lines: diff(change),
  };
}

function notes(plan: Plan, allowances: readonly Allowance[], found: readonly ReportedDanger[]): string[] {
  const idle = allowances.filter((allowance) => !found.some((danger) => isAllowed(danger, [allowance])));
  return [
    "A plan does not show `lifecycle` (prevent_destroy, ignore_changes): whether it was taken away stands in the code only.",
    ...(plan.drifted.length > 0
      ? [`Changed outside of Terraform since the last apply: ${plan.drifted.length} resources. The plan undoes that.`]
      : []),
    ...(idle.length > 0 ? [`Allowed, and not found: ${idle.map((allowance) => allowance.kind).join(", ")}.`] : []),
  ];
}

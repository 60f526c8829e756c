/** What the rules find in a plan, as the dangers of a report: in order, each once, with the allowance that fits. */
import type { Allowance } from "./allowance";
import { kinds } from "./kinds";
import type { Drift } from "./plan/drift";
import type { Change, Plan } from "./plan/plan";
import type { ReportedDanger } from "./report-types";
import { type Finding, type Rule, severities } from "./rules/rule";
import { WHOLE_PLAN } from "./rules/whole-plan";

export interface Found {
  readonly danger: Omit<ReportedDanger, "allowed" | "allowedBecause">;
  readonly standing: boolean;
  readonly isUnknown: boolean;
}

/** The name of a resource, as it may be printed; null without one. */
export type Namer = (address: string) => string | null;

/** In the order in which a reviewer reads them. */
export function findDangers(plan: Plan, drift: readonly Drift[], rules: readonly Rule[], name: Namer): Found[] {
  const found = rules.flatMap((rule) => rule.find(plan).map((finding) => describeFinding(rule, finding, name)));
  return sortByKind(withoutDuplicates([...found, ...acceptedDangers(plan, drift, rules, name)]));
}

/** What was changed outside of Terraform and stays is judged like a change of this plan. */
function acceptedDangers(plan: Plan, drift: readonly Drift[], rules: readonly Rule[], name: Namer): Found[] {
  const accepted = new Map(drift.flatMap((item) => (item.accepted ? [[item.change.address, item.accepted]] : [])));
  if (accepted.size === 0) return [];
  const others = plan.changes.filter((change) => !accepted.has(change.address)).map(asItIs);
  const drifted = plan.withChanges([...others, ...accepted.values()]);
  return rules
    .flatMap((rule) => rule.find(drifted).map((finding) => describeFinding(rule, finding, name)))
    .filter(({ standing, isUnknown }) => !standing && !isUnknown)
    .map(({ danger, ...rest }) => ({ ...rest, danger: { ...danger, reason: `${ACCEPTED} ${danger.reason}` } }));
}

const ACCEPTED = "Changed outside of Terraform, and this plan accepts it.";

const asItIs = (change: Change): Change => ({
  ...change,
  verb: "keep",
  after: change.before ?? undefined,
  unknown: {},
});

function describeFinding(rule: Rule, finding: Finding, name: Namer): Found {
  const { address, attribute, before = null, after = null, isUnknown = false, standing = false } = finding;
  const reason = isUnknown ? `Known only after apply; it matters: ${rule.reason}` : rule.reason;
  const kind = isUnknown ? "unknown" : rule.kind;
  return {
    danger: {
      kind,
      severity: rule.severity ?? "medium",
      address,
      name: name(address),
      attribute,
      before,
      after,
      reason,
      advice: rule.advice,
    },
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

/** By kind, and by severity within it. */
const sortByKind = (found: readonly Found[]) =>
  [...found].sort(
    ({ danger: a }, { danger: b }) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );

type Located = Pick<ReportedDanger, "kind" | "address">;

/** An allowance for one address goes before one for a kind: its reason is the closer one. */
export function allowanceOf(danger: Located, allowances: readonly Allowance[]) {
  const fitting = allowances.filter((allowance) => fits(danger, allowance));
  const allowance = fitting.find(({ address }) => address !== undefined) ?? fitting[0];
  return { allowed: allowance !== undefined, allowedBecause: allowance?.reason ?? null };
}

export const fits = ({ kind, address }: Located, allowance: Allowance): boolean =>
  address !== WHOLE_PLAN && allowance.kind === kind && (allowance.address ?? address) === address;

/** From a plan to its report. The renderers see the report only, never the plan, so that no secret reaches them. */
import type { Allowance } from "./allowance";
import { bill } from "./bill";
import { diff, type Line } from "./diff";
import { friendlyName } from "./friendly-name";
import { type Kind, kinds } from "./kinds";
import { notJudged } from "./not-judged";
import { type Drift, driftOf } from "./plan/drift";
import type { Change, Plan, Verb } from "./plan/plan";
import { rules as builtIn } from "./rules";
import { type Finding, type Looks, type Rule, type Severity, severities } from "./rules/rule";
import { mergeLooks } from "./rules/searches";
import { WHOLE_PLAN } from "./rules/whole-plan";
import type { Redact } from "./secrets/redact";

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
  readonly action: ReportedChange["action"];
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

/** @param rules the built-in ones, and a team's own */
export function review(plan: Plan, allowances: readonly Allowance[], rules: readonly Rule[] = builtIn): Report {
  // Text of the plan only: the review's own words are never searched for secrets.
  const { redact } = plan;
  const name = namer(plan, redact);
  const drift = driftOf(plan);
  const found = [
    ...rules.flatMap((rule) => rule.find(plan).map((finding) => describeFinding(rule, finding, name))),
    ...acceptedDangers(plan, drift, rules, name),
  ];
  const all = sortByKind(withoutDuplicates(found)).map(({ danger, standing }) => ({
    standing,
    danger: {
      ...danger,
      address: redact(danger.address),
      attribute: redact(danger.attribute),
      before: redact(danger.before),
      after: redact(danger.after),
      ...allowanceOf(danger, allowances),
    },
  }));
  const fresh = all.filter((item) => !item.standing).map((item) => item.danger);
  const unjudged = notJudged(plan, lookedAt(rules));
  const isDangerous = fresh.some((danger) => !danger.allowed);
  return {
    verdict: isDangerous ? "dangerous" : unjudged.length > 0 ? "partly-judged" : "safe",
    dangers: fresh,
    standing: all.filter((item) => item.standing).map((item) => item.danger),
    notJudged: unjudged.map(({ change, attributes }) => ({
      action: change.verb === "keep" ? "move" : change.verb,
      address: redact(change.address),
      name: name(change.address),
      type: change.type,
      attributes: attributes.map(redact),
    })),
    drift: drift.map(({ change, attributes, outcome }) => ({
      address: redact(change.address),
      name: name(change.address),
      attributes: attributes.map(redact),
      outcome,
    })),
    changes: plan.changes.filter(isReported).map((change) => describeChange(change, name, redact)),
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

const lookedAtBy = new WeakMap<readonly Rule[], Looks>();

function lookedAt(rules: readonly Rule[]): Looks {
  const found = lookedAtBy.get(rules) ?? mergeLooks(...rules.map((rule) => rule.looksAt ?? {}));
  lookedAtBy.set(rules, found);
  return found;
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

type Namer = (address: string) => string | null;

const namer = (plan: Plan, redact: Redact) => (address: string) => {
  const change = plan.at(address);
  const name = change && friendlyName(plan, change);
  return name === undefined ? null : redact(name);
};

interface Found {
  readonly danger: Omit<ReportedDanger, "allowed" | "allowedBecause">;
  readonly standing: boolean;
  readonly isUnknown: boolean;
}

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
function allowanceOf(danger: Located, allowances: readonly Allowance[]) {
  const fitting = allowances.filter((allowance) => fits(danger, allowance));
  const allowance = fitting.find(({ address }) => address !== undefined) ?? fitting[0];
  return { allowed: allowance !== undefined, allowedBecause: allowance?.reason ?? null };
}

const fits = ({ kind, address }: Located, allowance: Allowance): boolean =>
  address !== WHOLE_PLAN && allowance.kind === kind && (allowance.address ?? address) === address;

/** What changes, or moves. */
const isReported = ({ data, verb, previousAddress }: Change): boolean =>
  !data && (verb !== "keep" || previousAddress !== undefined);

function describeChange(change: Change, name: Namer, redact: Redact): ReportedChange {
  const address = redact(change.address);
  let lines: readonly Line[] | undefined;
  return {
    action: change.verb === "keep" ? "move" : change.verb,
    address: change.deposed ? `${address} (left over)` : address,
    previousAddress: change.previousAddress === undefined ? null : redact(change.previousAddress),
    type: change.type,
    name: change.deposed ? null : name(change.address),
    // a comment has room for the first ones only
    get lines() {
      lines ??= diff(change).map(({ sign, path, value }) => ({ sign, path: redact(path), value: redact(value) }));
      return lines;
    },
  };
}

function notes(plan: Plan, allowances: readonly Allowance[], found: readonly Found[]): string[] {
  const fresh = found.filter((item) => !item.standing);
  const idle = allowances.filter((allowance) => !fresh.some(({ danger }) => fits(danger, allowance)));
  return [
    "A plan does not show `lifecycle` (prevent_destroy, ignore_changes): whether it was taken away stands in the code only.",
    ...(plan.imported.length > 0
      ? [`Taken into Terraform's state as they are: ${plan.redact(plan.imported).join(", ")}.`]
      : []),
    ...(idle.length > 0 ? [`Allowed, and not found: ${idle.map((allowance) => allowance.kind).join(", ")}.`] : []),
  ];
}

/** From a plan to its report. The renderers see the report only, never the plan, so that no secret reaches them. */
import type { Allowance } from "./allowance";
import { bill } from "./bill";
import { allowanceOf, type Found, findDangers, fits, type Namer } from "./dangers";
import { diff, type Line } from "./diff";
import { friendlyName } from "./friendly-name";
import { notJudged } from "./not-judged";
import { driftOf } from "./plan/drift";
import type { Change, Plan } from "./plan/plan";
import type { Report, ReportedChange } from "./report-types";
import { rules as builtIn } from "./rules";
import type { Looks, Rule } from "./rules/rule";
import { mergeLooks } from "./rules/searches";
import type { Redact } from "./secrets/redact";

/** @param rules the built-in ones, and a team's own */
export function review(plan: Plan, allowances: readonly Allowance[], rules: readonly Rule[] = builtIn): Report {
  // Text of the plan only: the review's own words are never searched for secrets.
  const { redact } = plan;
  const name = namer(plan, redact);
  const drift = driftOf(plan);
  const found = findDangers(plan, drift, rules, name);
  const all = found.map(({ danger, standing }) => ({
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
  const accepted = drift.flatMap((item) => item.accepted ?? []);
  const unjudged = [
    ...notJudged(plan, lookedAt(rules)).map((item) => ({ ...item, action: actionOf(item.change) })),
    ...notJudged(plan.withChanges(accepted), lookedAt(rules)).map((item) => ({ ...item, action: "accept" as const })),
  ];
  const isDangerous = fresh.some((danger) => !danger.allowed);
  return {
    verdict: isDangerous ? "dangerous" : unjudged.length > 0 ? "partly-judged" : "safe",
    dangers: fresh,
    standing: all.filter((item) => item.standing).map((item) => item.danger),
    notJudged: unjudged.map(({ change, attributes, action }) => ({
      action,
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

const namer =
  (plan: Plan, redact: Redact): Namer =>
  (address) => {
    const change = plan.at(address);
    const name = change && friendlyName(plan, change);
    return name === undefined ? null : redact(name);
  };

/** What changes, or moves. */
const isReported = ({ data, verb, previousAddress }: Change): boolean =>
  !data && (verb !== "keep" || previousAddress !== undefined);

const actionOf = ({ verb }: Change): ReportedChange["action"] => (verb === "keep" ? "move" : verb);

function describeChange(change: Change, name: Namer, redact: Redact): ReportedChange {
  const address = redact(change.address);
  let lines: readonly Line[] | undefined;
  return {
    action: actionOf(change),
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

/** What roles, users and groups may do by their policies. */

import { describeGrant, type Grant, grantsOf, isWild, knowsOnlyStar, newlyAllowed } from "../api/policy";
import type { Change, Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { own } from "../plan/value";
import {
  changes,
  goneHolders,
  grantFinding,
  grantsOfHolder,
  holderOf,
  INLINE,
  isNewHolder,
  keepsPolicy,
  NARROW,
  policiesOf,
} from "./role-grants";
import { CREATED, ENDED, type Finding, looks, place, type Rule, unknowable, unknownFinding } from "./rule";

const ROLE = "aws_iam_role";
const POLICY = "aws_iam_policy";

export const accessPolicies: readonly Rule[] = [
  {
    kind: "access-opened",
    reason: "An existing role, user or group gains permissions.",
    advice: NARROW,
    looksAt: {
      ...looks([...INLINE, POLICY], "policy", "name", "name_prefix", "role", "user", "group", "path", CREATED, ENDED),
      ...looks([ROLE], CREATED, ENDED),
    },
    find: (plan) => plan.ofType(...INLINE, POLICY).flatMap((change) => gainedGrants(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "The plan removes an explicit deny from this role, user or group.",
    advice: "Keep the deny statement in one of its policies.",
    find: (plan) => plan.ofType(...INLINE).flatMap((change) => removedDenials(plan, change)),
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "The policy has a wildcard in place of an action or a resource.",
    advice: NARROW,
    find: (plan) => plan.ofType(...INLINE, POLICY).flatMap((change) => wildcards(plan, change)),
  },
];

const isInline = (change: Change) => change.type !== POLICY;

/** Everything the policy's role was granted before, across all its policies. */
function grantedBefore(plan: Plan, change: Change): readonly Grant[] {
  const granted = grantsOf(plan, own(change.before, "policy")) ?? [];
  const holder = isInline(change) ? holderOf(plan, change, "after") : undefined;
  if (holder === undefined) return granted;
  const others = policiesOf(plan, holder, "before").filter((other) => other !== change);
  return [...granted, ...others.flatMap((other) => grantsOf(plan, own(other.before, "policy")) ?? [])];
}

function gainedGrants(plan: Plan, change: Change): Finding[] {
  if (!changes(change) || keepsPolicy(change) || (isInline(change) ? isNewHolder(plan, change) : !change.before))
    return [];
  const after = grantsOf(plan, plannedValue(plan, change, "policy"));
  if (after === undefined || isUnread(plan, change)) return [unknownFinding(change, "policy")];
  const more = newlyAllowed(grantedBefore(plan, change), after);
  return grantFinding(
    change,
    more.filter((grant) => !isWild(grant) && !knowsOnlyStar(grant.action) && (!isInline(change) || grant.allow)),
  );
}

/** A deny may move from one policy of the role to another; while one of them is unknown, none counts as removed. */
function removedDenials(plan: Plan, change: Change): Finding[] {
  if (change.verb === "keep" || change.verb === "forget") return [];
  const denials = grantsOf(plan, own(change.before, "policy"))?.filter((grant) => !grant.allow) ?? [];
  const holder = denials.length > 0 ? holderOf(plan, change, "before") : undefined;
  if (holder === undefined || goneHolders(plan).has(holder)) return [];
  const left = grantsOfHolder(plan, holder, "after");
  return left === undefined
    ? []
    : grantFinding(
        change,
        newlyAllowed(denials, left).filter((grant) => !grant.allow),
      );
}

function wildcards(plan: Plan, change: Change): Finding[] {
  if (!change.after) return [];
  const after = grantsOf(plan, plannedValue(plan, change, "policy"));
  if (after === undefined || isUnread(plan, change)) {
    const judged = isInline(change) ? !isNewHolder(plan, change) : change.before !== undefined;
    return changes(change) && !judged ? [unknownFinding(change, "policy")] : [];
  }
  const wilds = after.filter(isWild);
  if (wilds.length === 0) return [];
  const fresh = changes(change) ? newlyAllowed(grantedBefore(plan, change), wilds).filter(isWild) : [];
  const standing = fresh.length === 0 && change.before !== undefined;
  return standing
    ? [place(change, "policy", { before: wilds.map(describeGrant), after: wilds.map(describeGrant), standing })]
    : grantFinding(change, fresh);
}

const isUnread = (plan: Plan, change: Change) =>
  unknowable(plan, change, "policy") && plannedValue(plan, change, "policy") === undefined;

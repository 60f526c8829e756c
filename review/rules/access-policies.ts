/** What roles, users and groups may do, and who may assume a role. */

import { describeGrant, type Grant, grantsOf, isWild, knowsOnlyStar, newlyAllowed } from "../api/policy";
import { isOther } from "../plan/compare";
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { asList, isEmpty, own, texts } from "../plan/value";
import { ATTACHMENTS, grantsOfHolder, holderOf, holders, INLINE, policiesOf } from "./role-grants";
import { CREATED, ENDED, type Finding, looks, place, type Rule, stays, unknowable, unknownFinding } from "./rule";
import { onChange } from "./searches";

const ROLE = "aws_iam_role";
const POLICY = "aws_iam_policy";
const NARROW = "Name exactly the actions that the function calls, on exactly the resources that it calls them on.";

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
  {
    kind: "access-opened",
    reason: "The role's inline policies allow more than before.",
    advice: NARROW,
    looksAt: looks([ROLE], "inline_policy"),
    find: inline,
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "The trust policy lets another principal assume the role and use all its permissions.",
    advice: "Let one service only (lambda.amazonaws.com) assume it.",
    looksAt: looks([ROLE], "assume_role_policy"),
    find: (plan) => plan.ofType(ROLE).flatMap((change) => trust(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "An existing role, user or group gets another managed policy, or a new one may do nearly everything.",
    advice: NARROW,
    looksAt: {
      ...looks(
        [...ATTACHMENTS, "aws_iam_policy_attachment"],
        "policy_arn",
        "role",
        "user",
        "group",
        "roles",
        "users",
        "groups",
        CREATED,
        ENDED,
      ),
      ...looks([ROLE], "managed_policy_arns"),
    },
    find: newAttachments,
  },
  {
    kind: "access-opened",
    reason: "The permissions boundary is removed or changed.",
    advice: "Keep permissions_boundary.",
    ...onChange([ROLE, "aws_iam_user"], "permissions_boundary", isOther),
  },
];

const holderTypes = [...new Set(Object.values(holders).map(({ type }) => type))];

const newHolders = perPlan(
  (plan) =>
    new Set(
      plan
        .ofType(...holderTypes)
        .filter((item) => item.verb === "create")
        .map((item) => item.address),
    ),
);
const goneHolders = perPlan(
  (plan) =>
    new Set(
      plan
        .ofType(...holderTypes)
        .filter((item) => item.verb === "destroy")
        .map((item) => item.address),
    ),
);

/** A role that the plan creates: its permissions are those of a new function, and only wildcards are a danger. */
function isNewHolder(plan: Plan, change: Change): boolean {
  const holder = holderOf(plan, change, "after");
  return holder !== undefined && newHolders(plan).has(holder);
}

const changes = (change: Change) => change.after !== undefined && change.verb !== "keep";
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
  if (!changes(change) || (isInline(change) ? isNewHolder(plan, change) : !change.before)) return [];
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
  const holder = change.before && holderOf(plan, change, "before");
  const stands = change.verb === "keep" || change.verb === "forget";
  if (holder === undefined || stands || goneHolders(plan).has(holder)) return [];
  const left = grantsOfHolder(plan, holder, "after");
  if (left === undefined) return [];
  const gone = newlyAllowed(grantsOf(plan, own(change.before, "policy")) ?? [], left).filter((grant) => !grant.allow);
  return grantFinding(change, gone);
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

const grantFinding = (change: Change, grants: readonly Grant[], attribute = "policy"): Finding[] =>
  grants.length === 0 ? [] : [place(change, attribute, { before: "not granted", after: grants.map(describeGrant) })];

function inline(plan: Plan): Finding[] {
  return plan.ofType(ROLE).flatMap((change) => {
    if (!changes(change)) return [];
    if (unknowable(plan, change, "inline_policy")) return [unknownFinding(change, "inline_policy")];
    const grants = (side: "before" | "after") =>
      asList(own(change[side], "inline_policy")).flatMap((item) => grantsOf(plan, own(item, "policy")) ?? []);
    const more = newlyAllowed(grants("before"), grants("after"));
    return grantFinding(change, change.before ? more : more.filter(isWild), "inline_policy");
  });
}

function trust(plan: Plan, change: Change): Finding[] {
  const attribute = "assume_role_policy";
  if (!changes(change)) return [];
  const after = grantsOf(plan, plannedValue(plan, change, attribute));
  if (after === undefined || (unknowable(plan, change, attribute) && after.length === 0))
    return [unknownFinding(change, attribute)];
  const more = newlyAllowed(grantsOf(plan, own(change.before, attribute)) ?? [], after);
  return grantFinding(
    change,
    change.before ? more : more.filter((grant) => grant.principal.startsWith("*")),
    attribute,
  );
}

/** AWS managed policies that grant nearly everything: a danger on a new role too. */
const BROAD = /\/(Administrator|PowerUser)Access$|FullAccess$/;

function newAttachments(plan: Plan): Finding[] {
  const attachments = plan.ofType(...ATTACHMENTS, "aws_iam_policy_attachment").flatMap((change) => {
    if (!changes(change)) return [];
    if (isNewHolder(plan, change) && !BROAD.test(String(own(change.after, "policy_arn")))) return [];
    const more = ["roles", "users", "groups"].some((name) =>
      texts(own(change.after, name)).some((item) => !texts(own(change.before, name)).includes(item)),
    );
    const isSame = own(change.before, "policy_arn") === own(change.after, "policy_arn") && change.before !== undefined;
    const sameHolder = holderOf(plan, change, "before") === holderOf(plan, change, "after");
    return isSame && sameHolder && !more ? [] : [place(change, "policy_arn")];
  });
  const managed = plan.ofType(ROLE).flatMap((change) => {
    if (!stays(change) || !changes(change)) return [];
    const before = texts(own(change.before, "managed_policy_arns"));
    const more = texts(own(change.after, "managed_policy_arns")).filter((arn) => !before.includes(arn));
    return isEmpty(more) ? [] : [place(change, "managed_policy_arns", { before, after: [...before, ...more] })];
  });
  return [...attachments, ...managed];
}

/** What roles may do, and who may assume them. */

import { describeGrant, type Grant, grantsOf, isWild, newlyAllowed } from "../api/policy";
import { isOther } from "../plan/compare";
import { append } from "../plan/index-changes";
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { plannedValue, target } from "../plan/resolve";
import { asList, asText, isEmpty, own, pick, texts } from "../plan/value";
import { type Danger, type Finding, place, stays, unknowable, unknownFinding, weakened } from "./danger";

const ROLE = "aws_iam_role";
const ROLE_POLICY = "aws_iam_role_policy";
const NARROW = "Name exactly the actions that the function calls, on exactly the resources that it calls them on.";

export const accessPolicies: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "An existing role gains permissions.",
    advice: NARROW,
    find: (plan) => plan.ofType(ROLE_POLICY, "aws_iam_policy").flatMap((change) => gainedGrants(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "The plan removes an explicit deny from this role.",
    advice: "Keep the deny statement in one of the role's policies.",
    find: (plan) => plan.ofType(ROLE_POLICY).flatMap((change) => removedDenials(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "The policy has a wildcard in place of an action or a resource.",
    advice: NARROW,
    find: (plan) => plan.ofType(ROLE_POLICY, "aws_iam_policy").flatMap((change) => wildcards(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "The role's inline policies allow more than before.",
    advice: NARROW,
    find: inline,
  },
  {
    kind: "access-opened",
    reason: "The trust policy lets another principal assume the role and use all its permissions.",
    advice: "Let one service only (lambda.amazonaws.com) assume it.",
    find: (plan) => plan.ofType(ROLE).flatMap((change) => trust(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "An existing role gets another managed policy.",
    advice: NARROW,
    find: newAttachments,
  },
  {
    kind: "access-opened",
    reason: "The permissions boundary of the role is removed or changed.",
    advice: "Keep permissions_boundary.",
    find: weakened({
      types: [ROLE],
      attribute: "permissions_boundary",
      worse: isOther,
    }),
  },
];

/** The role's name tells whose policies belong together, whatever their addresses are. */
function roleName(plan: Plan, change: Change, side: "before" | "after"): string | undefined {
  const role = target(plan, change, "role", [ROLE], side);
  return asText(pick(role?.[side], "name")) ?? asText(pick(change[side], "role")) ?? role?.address;
}

const newRoles = perPlan((plan) => {
  const created = plan.ofType(ROLE).filter((role) => role.verb === "create");
  return new Set(created.flatMap((role) => [role.address, own(role.after, "name")]));
});

const goneRoles = perPlan((plan) => {
  const destroyed = plan.ofType(ROLE).filter((role) => role.verb === "destroy");
  return new Set(destroyed.flatMap((role) => [role.address, own(role.before, "name")]));
});

const policiesByRole = (side: "before" | "after") =>
  perPlan((plan) => {
    const byRole = new Map<string, Change[]>();
    for (const change of plan.ofType(ROLE_POLICY)) {
      const name = change[side] && roleName(plan, change, side);
      if (name !== undefined) append(byRole, name, change);
    }
    return byRole;
  });
const policiesBefore = policiesByRole("before");
const policiesAfter = policiesByRole("after");

/** A role that the plan creates: its permissions are those of a new function, and only wildcards are a danger. */
function isNewRole(plan: Plan, change: Change): boolean {
  const name = roleName(plan, change, "after");
  return name !== undefined && newRoles(plan).has(name);
}

const changes = (change: Change) => change.after !== undefined && change.verb !== "keep";

/** Everything the policy's role was granted before, across all its policies. */
function grantedBefore(plan: Plan, change: Change): readonly Grant[] {
  if (change.type !== ROLE_POLICY) return grantsOf(plan, own(change.before, "policy")) ?? [];
  const name = roleName(plan, change, "after");
  const others = (name !== undefined && policiesBefore(plan).get(name)) || [];
  return [...new Set([change, ...others])].flatMap((other) => grantsOf(plan, own(other.before, "policy")) ?? []);
}

function gainedGrants(plan: Plan, change: Change): Finding[] {
  const policy = change.type !== ROLE_POLICY;
  if (!changes(change) || (policy ? !change.before : isNewRole(plan, change))) return [];
  const after = grantsOf(plan, plannedValue(plan, change, "policy"));
  if (after === undefined || isUnread(plan, change)) return [unknownFinding(change, "policy")];
  const more = newlyAllowed(grantedBefore(plan, change), after);
  return grantFinding(
    change,
    more.filter((grant) => !isWild(grant) && (policy || grant.allow)),
  );
}

/** A deny may move from one policy of the role to another. */
function removedDenials(plan: Plan, change: Change): Finding[] {
  const name = change.before && roleName(plan, change, "before");
  const stands = change.verb === "keep" || change.verb === "forget";
  if (name === undefined || stands || goneRoles(plan).has(name)) return [];
  const after = policiesAfter(plan).get(name) ?? [];
  const left = after.flatMap((other) => grantsOf(plan, plannedValue(plan, other, "policy")) ?? []);
  const gone = newlyAllowed(grantsOf(plan, own(change.before, "policy")) ?? [], left).filter((grant) => !grant.allow);
  return grantFinding(change, gone);
}

function wildcards(plan: Plan, change: Change): Finding[] {
  if (!change.after) return [];
  const after = grantsOf(plan, plannedValue(plan, change, "policy"));
  if (after === undefined || isUnread(plan, change)) {
    const judged = change.type === ROLE_POLICY ? !isNewRole(plan, change) : change.before !== undefined;
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
  const attachments = plan.ofType("aws_iam_role_policy_attachment").flatMap((change) => {
    if (!changes(change)) return [];
    if (isNewRole(plan, change) && !BROAD.test(String(own(change.after, "policy_arn")))) return [];
    return own(change.before, "policy_arn") === own(change.after, "policy_arn") ? [] : [place(change, "policy_arn")];
  });
  const managed = plan.ofType(ROLE).flatMap((change) => {
    if (!stays(change) || !changes(change)) return [];
    const before = texts(own(change.before, "managed_policy_arns"));
    const more = texts(own(change.after, "managed_policy_arns")).filter((arn) => !before.includes(arn));
    return isEmpty(more) ? [] : [place(change, "managed_policy_arns", { before, after: [...before, ...more] })];
  });
  return [...attachments, ...managed];
}

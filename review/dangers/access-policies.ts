/** What roles may do, and who may take them on. */
import { type Grant, grantsOf, isWild, opened, told } from "../api/policy";
import { append } from "../plan/index-changes";
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { foreseen, target } from "../plan/resolve";
import { asList, asText, isEmpty, own, pick, texts } from "../plan/value";
import { type Danger, type Finding, place, stays, unknowable, unseen, weakened } from "./danger";

const ROLE = "aws_iam_role";
const ROLE_POLICY = "aws_iam_role_policy";
const NARROW = "Name exactly the actions that the function calls, on exactly the resources that it calls them on.";

export const accessPolicies: readonly Danger[] = [
  {
    kind: "access-opened",
    reason: "A role that exists may do more than before.",
    advice: NARROW,
    find: (plan) => plan.ofType(ROLE_POLICY, "aws_iam_policy").flatMap((change) => gained(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "What a role was denied it is denied no more.",
    advice: "Keep the denial in one of the role's policies.",
    find: (plan) => plan.ofType(ROLE_POLICY).flatMap((change) => undenied(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "A wildcard stands where an action or a resource belongs.",
    advice: NARROW,
    find: (plan) => plan.ofType(ROLE_POLICY, "aws_iam_policy").flatMap((change) => wild(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "What a role may do is written in the role itself, and grows.",
    advice: NARROW,
    find: inline,
  },
  {
    kind: "access-opened",
    reason: "Somebody else may take the role on, and do all that it may do.",
    advice: "Let one service take it on (lambda.amazonaws.com), nobody else.",
    find: (plan) => plan.ofType(ROLE).flatMap((change) => trust(plan, change)),
  },
  {
    kind: "access-opened",
    reason: "A role that exists gets a whole policy more.",
    advice: NARROW,
    find: attached,
  },
  {
    kind: "access-opened",
    reason: "The boundary that kept the role's rights within limits is gone.",
    advice: "Keep permissions_boundary.",
    find: weakened({
      types: [ROLE],
      attribute: "permissions_boundary",
      worse: (before, after) => asText(before) !== undefined && before !== after,
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

/** Not there before: what it may do is no more than its function needs, unless it is a wildcard. */
function isNewRole(plan: Plan, change: Change): boolean {
  const name = roleName(plan, change, "after");
  return name !== undefined && newRoles(plan).has(name);
}

const changes = (change: Change) => change.after !== undefined && change.verb !== "keep";

/** All that the policy's role had before, in whichever block it stood. */
function grantedBefore(plan: Plan, change: Change): readonly Grant[] {
  if (change.type !== ROLE_POLICY) return grantsOf(plan, own(change.before, "policy")) ?? [];
  const name = roleName(plan, change, "after");
  const others = (name !== undefined && policiesBefore(plan).get(name)) || [];
  return [...new Set([change, ...others])].flatMap((other) => grantsOf(plan, own(other.before, "policy")) ?? []);
}

function gained(plan: Plan, change: Change): Finding[] {
  const policy = change.type !== ROLE_POLICY;
  if (!changes(change) || (policy ? !change.before : isNewRole(plan, change))) return [];
  const after = grantsOf(plan, foreseen(plan, change, "policy"));
  if (after === undefined || isUnread(plan, change)) return [unseen(change, "policy")];
  const more = opened(grantedBefore(plan, change), after);
  return shown(
    change,
    more.filter((grant) => !isWild(grant) && (policy || grant.allow)),
  );
}

/** In which of the role's policies a denial stands makes no difference. */
function undenied(plan: Plan, change: Change): Finding[] {
  const name = change.before && roleName(plan, change, "before");
  const stands = change.verb === "keep" || change.verb === "forget";
  if (name === undefined || stands || goneRoles(plan).has(name)) return [];
  const after = policiesAfter(plan).get(name) ?? [];
  const left = after.flatMap((other) => grantsOf(plan, foreseen(plan, other, "policy")) ?? []);
  const gone = opened(grantsOf(plan, own(change.before, "policy")) ?? [], left).filter((grant) => !grant.allow);
  return shown(change, gone);
}

function wild(plan: Plan, change: Change): Finding[] {
  if (!change.after) return [];
  const after = grantsOf(plan, foreseen(plan, change, "policy"));
  if (after === undefined || isUnread(plan, change)) {
    const judged = change.type === ROLE_POLICY ? !isNewRole(plan, change) : change.before !== undefined;
    return changes(change) && !judged ? [unseen(change, "policy")] : [];
  }
  const wilds = after.filter(isWild);
  if (wilds.length === 0) return [];
  const fresh = changes(change) ? opened(grantedBefore(plan, change), wilds).filter(isWild) : [];
  const standing = fresh.length === 0 && change.before !== undefined;
  return standing
    ? [place(change, "policy", { before: wilds.map(told), after: wilds.map(told), standing })]
    : shown(change, fresh);
}

const isUnread = (plan: Plan, change: Change) =>
  unknowable(plan, change, "policy") && foreseen(plan, change, "policy") === undefined;

const shown = (change: Change, grants: readonly Grant[], attribute = "policy"): Finding[] =>
  grants.length === 0 ? [] : [place(change, attribute, { before: "not granted", after: grants.map(told) })];

function inline(plan: Plan): Finding[] {
  return plan.ofType(ROLE).flatMap((change) => {
    if (!changes(change)) return [];
    if (unknowable(plan, change, "inline_policy")) return [unseen(change, "inline_policy")];
    const grants = (side: "before" | "after") =>
      asList(own(change[side], "inline_policy")).flatMap((item) => grantsOf(plan, own(item, "policy")) ?? []);
    const more = opened(grants("before"), grants("after"));
    return shown(change, change.before ? more : more.filter(isWild), "inline_policy");
  });
}

function trust(plan: Plan, change: Change): Finding[] {
  const attribute = "assume_role_policy";
  if (!changes(change)) return [];
  const after = grantsOf(plan, foreseen(plan, change, attribute));
  if (after === undefined || (unknowable(plan, change, attribute) && after.length === 0))
    return [unseen(change, attribute)];
  const more = opened(grantsOf(plan, own(change.before, attribute)) ?? [], after);
  return shown(change, change.before ? more : more.filter((grant) => grant.principal.startsWith("*")), attribute);
}

/** AWS's own policies of this kind are close to everything, on a new role too. */
const BROAD = /\/(Administrator|PowerUser)Access$|FullAccess$/;

function attached(plan: Plan): Finding[] {
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

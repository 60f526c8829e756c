/** What the policies of one role grant, wherever they stand: compared by role, not by the address of a policy. */
import { describeGrant, type Grant, grantsOf, newlyAllowed } from "../api/policy";
import { append } from "../plan/index-changes";
import { perPlan } from "../plan/per-plan";
import type { Change, Plan } from "../plan/plan";
import { predecessor } from "../plan/renamed";
import { plannedValue, type Side, target } from "../plan/resolve";
import { asText, own, texts } from "../plan/value";
import { type Finding, place } from "./rule";

/** Whom an inline policy or an attachment belongs to: the attribute, and the type that it refers to. */
export const holders: Readonly<Record<string, { readonly attribute: string; readonly type: string }>> = {
  aws_iam_role_policy: { attribute: "role", type: "aws_iam_role" },
  aws_iam_role_policy_attachment: { attribute: "role", type: "aws_iam_role" },
  aws_iam_user_policy: { attribute: "user", type: "aws_iam_user" },
  aws_iam_user_policy_attachment: { attribute: "user", type: "aws_iam_user" },
  aws_iam_group_policy: { attribute: "group", type: "aws_iam_group" },
  aws_iam_group_policy_attachment: { attribute: "group", type: "aws_iam_group" },
};
export const INLINE = ["aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"];
export const ATTACHMENTS = [
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
  "aws_iam_group_policy_attachment",
];

const holderTypes = [...new Set(Object.values(holders).map(({ type }) => type))];
/** The advice of most rules about permissions. */
export const NARROW =
  "Name exactly the actions that the function calls, on exactly the resources that it calls them on.";

/** The role's earlier address, or its name where it is not in the plan: the same before and after a renaming. */
export function holderOf(plan: Plan, change: Change, side: Side): string | undefined {
  const holder = holders[change.type];
  if (!holder) return undefined;
  const found = target(plan, change, holder.attribute, [holder.type], side) ?? byName(plan, change, side);
  const before = found && side === "after" ? predecessor(plan, found) : undefined;
  return (before ?? found)?.address ?? asText(own(change[side], holder.attribute));
}

/** A policy may refer to a role by its name, and a plan holds only the role's id, or the other way round. */
function byName(plan: Plan, change: Change, side: Side): Change | undefined {
  const holder = holders[change.type];
  const name = holder && asText(own(change[side], holder.attribute));
  return holder && name === undefined ? undefined : holdersByName[side](plan).get(`${holder?.type} ${name}`);
}

const namesOfHolders = (side: Side) =>
  perPlan((plan) => {
    return new Map(plan.ofType(...holderTypes).map((item) => [`${item.type} ${own(item[side], "name")}`, item]));
  });
const holdersByName = { before: namesOfHolders("before"), after: namesOfHolders("after") };

const policiesByHolder = (side: Side) =>
  perPlan((plan) => {
    const found = new Map<string, Change[]>();
    for (const change of plan.ofType(...INLINE)) {
      const holder = change[side] && holderOf(plan, change, side);
      if (holder !== undefined) append(found, holder, change);
    }
    return found;
  });
const policies = { before: policiesByHolder("before"), after: policiesByHolder("after") };

export const policiesOf = (plan: Plan, holder: string, side: Side): readonly Change[] =>
  policies[side](plan).get(holder) ?? [];

/** Everything that a role's inline policies grant; undefined when one of them cannot be read. */
export function grantsOfHolder(plan: Plan, holder: string, side: Side): readonly Grant[] | undefined {
  const all: Grant[] = [];
  for (const change of policiesOf(plan, holder, side)) {
    const text = side === "before" ? own(change.before, "policy") : plannedValue(plan, change, "policy");
    const grants = text === undefined ? undefined : grantsOf(plan, text);
    if (grants === undefined) return undefined;
    all.push(...grants);
  }
  return all;
}

/** Whether one role, after the change, may do nothing that another may not before. */
export function roleAllowsNoMore(plan: Plan, from: Change | undefined, to: Change): boolean {
  const attached = plan
    .ofType(...ATTACHMENTS)
    .some((change) => change.after && holderOf(plan, change, "after") === to.address);
  if (!from || attached || texts(own(to.after, "managed_policy_arns")).length > 0) return false;
  const [before, after] = [grantsOfHolder(plan, from.address, "before"), grantsOfHolder(plan, to.address, "after")];
  if (!before || !after || (after.length === 0 && to.verb !== "create")) return false;
  return newlyAllowed(before, after).length === 0;
}

const newHolders = perPlan(
  (plan) =>
    new Set(
      plan
        .ofType(...holderTypes)
        .filter((item) => item.verb === "create")
        .map((item) => item.address),
    ),
);
export const goneHolders = perPlan(
  (plan) =>
    new Set(
      plan
        .ofType(...holderTypes)
        .filter((item) => item.verb === "destroy")
        .map((item) => item.address),
    ),
);

/** A role that the plan creates: its permissions are those of a new function, and only wildcards are a danger. */
export function isNewHolder(plan: Plan, change: Change): boolean {
  const holder = holderOf(plan, change, "after");
  return holder !== undefined && newHolders(plan).has(holder);
}

/** Updated in place, with the policy as it was: its role cannot change in place. */
export const keepsPolicy = ({ verb, before, after }: Change): boolean =>
  verb === "update" && own(after, "policy") !== undefined && own(before, "policy") === own(after, "policy");

export const changes = (change: Change) => change.after !== undefined && change.verb !== "keep";

export const grantFinding = (change: Change, grants: readonly Grant[], attribute = "policy"): Finding[] =>
  grants.length === 0 ? [] : [place(change, attribute, { before: "not granted", after: grants.map(describeGrant) })];

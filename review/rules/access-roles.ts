/** Who may assume a role, and what is attached to it, to a user or to a group. */

import { grantsOf, isWild, newlyAllowed } from "../api/policy";
import { isOther } from "../plan/compare";
import type { Change, Plan } from "../plan/plan";
import { plannedValue } from "../plan/resolve";
import { asList, isEmpty, own, texts } from "../plan/value";
import { ATTACHMENTS, changes, grantFinding, holderOf, isNewHolder, NARROW } from "./role-grants";
import { CREATED, ENDED, type Finding, looks, place, type Rule, stays, unknowable, unknownFinding } from "./rule";
import { onChange } from "./searches";

const ROLE = "aws_iam_role";

export const accessRoles: readonly Rule[] = [
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

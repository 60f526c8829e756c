/** Accounts, and access to them, lost for good. */
import { isOther } from "../plan/compare";
import type { Plan } from "../plan/plan";
import { successor } from "../plan/renamed";
import { asList, own, pick, same } from "../plan/value";
import { ENDED, type Finding, looks, place, type Rule } from "./rule";
import { ends, onChange, onEnd, onValue } from "./searches";

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";

export const usersLost: readonly Rule[] = [
  {
    kind: "users-lost",
    severity: "high",
    reason: "The pool is destroyed with all its users: passwords cannot be exported, so no copy restores them.",
    advice:
      "Revert the change. If only a new pool can have the setting, add a second pool and migrate users at sign-in.",
    looksAt: looks([POOL], ENDED, "name", "username_attributes", "alias_attributes", "username_configuration"),
    find: (plan) =>
      onEnd(POOL)
        .find(plan)
        .filter((finding) => !renamed(plan, finding)),
  },
  {
    kind: "users-lost",
    reason: "The client gets a new id and secret: apps and tokens that use the old ones stop working.",
    advice: "Add a second client beside the old one, move the apps, then remove the old one.",
    looksAt: looks([CLIENT], ENDED, "generate_secret", "user_pool_id"),
    find: (plan) =>
      onEnd(CLIENT)
        .find(plan)
        .filter((finding) => !renamed(plan, finding)),
  },
  {
    kind: "users-lost",
    reason: "The address was renamed: Terraform destroys the resource and creates an empty one.",
    advice: "Add a `moved` block (`from` the old address, `to` the new one), or run `terraform state mv`.",
    find: (plan) =>
      plan.ofType(POOL, CLIENT).flatMap((change) => {
        const to = change.verb === "destroy" && successor(plan, change);
        return to ? [{ address: change.address, attribute: "address", before: change.address, after: to.address }] : [];
      }),
  },
  {
    kind: "users-lost",
    reason: "The group or membership is removed, with the rights that it gives.",
    advice: "Keep it, or list the members first and add them to the new group.",
    ...onEnd("aws_cognito_user_group", "aws_cognito_user_in_group", "aws_cognito_user"),
  },
  {
    kind: "users-lost",
    reason: "The identity pool is destroyed: its identities, and what belongs to them by their ids, are lost.",
    advice: "Keep the pool; turn off what hands out credentials instead.",
    ...onEnd("aws_cognito_identity_pool"),
  },
  {
    kind: "users-lost",
    severity: "low",
    reason: "The group gives another role, or precedence over other groups.",
    advice:
      "Confirm what the role may do. A user in several groups gets the role of the group with the lowest precedence value.",
    ...onChange("aws_cognito_user_group", ["role_arn", "precedence"], isOther),
  },
  {
    kind: "users-lost",
    severity: "low",
    reason: "Terraform stops managing it: it stays, but no plan shows later changes to it.",
    advice: "Confirm who manages it from now on (COGNITO_USER_POOL_ID uses an existing pool).",
    find: (plan) =>
      plan
        .ofType(POOL, CLIENT)
        .filter((change) => change.verb === "forget")
        .map((change) => ({ address: change.address, attribute: "removed", before: "managed", after: "forgotten" })),
  },
  {
    kind: "users-lost",
    reason: "Without deletion protection, one apply or one click deletes the pool and all its users.",
    advice: 'Keep deletion_protection = "ACTIVE" (PROTECT_USERS=true) unless the pool is to be deleted.',
    ...onValue(POOL, "deletion_protection", (value) => value !== "ACTIVE", false),
  },
  {
    kind: "users-lost",
    reason: "Cognito cannot remove or change a schema attribute: the apply fails half-way or needs a new pool.",
    advice: "Leave the attribute as it is and stop using it.",
    looksAt: looks([POOL], "schema"),
    find: schemaChanges,
  },
];

const renamed = (plan: Plan, { address }: Finding): boolean => {
  const change = plan.at(address);
  return change?.verb === "destroy" && successor(plan, change) !== undefined;
};

function schemaChanges(plan: Plan): Finding[] {
  return plan.ofType(POOL).flatMap((change) => {
    if (change.verb !== "update" || ends(change)) return [];
    const after = new Map(asList(pick(change.after, "schema")).map((item) => [own(item, "name"), item]));
    return asList(pick(change.before, "schema"))
      .filter((item) => !sameAttribute(item, after.get(own(item, "name"))))
      .map((item) => {
        const left = after.get(own(item, "name"));
        return place(change, "schema", { before: own(item, "name"), after: left ? "changed" : "removed" });
      });
  });
}

const sameAttribute = (a: unknown, b: unknown): boolean =>
  ["attribute_data_type", "mutable", "required", "developer_only_attribute"].every((key) =>
    same(own(a, key) || undefined, own(b, key) || undefined),
  );

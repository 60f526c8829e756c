/** Accounts, or the way into them, that are gone for good. */
import type { Plan } from "../plan/plan";
import { successor } from "../plan/renamed";
import { asList, own, pick, same } from "../plan/value";
import { badValue, type Danger, ended, ends, type Finding, place } from "./danger";

const POOL = "aws_cognito_user_pool";
const CLIENT = "aws_cognito_user_pool_client";

export const usersLost: readonly Danger[] = [
  {
    kind: "users-lost",
    reason: "The pool goes with all its users: their passwords cannot be read, so no copy brings them back.",
    advice:
      "Take the change back. What only a new pool can have goes into a second pool, to which users move one by one.",
    find: (plan) => ended(POOL)(plan).filter((finding) => !renamed(plan, finding)),
  },
  {
    kind: "users-lost",
    reason: "The client gets another id and secret: every app and every token that knows the old ones is locked out.",
    advice: "Add a second client beside the old one, move the apps, then remove the old one.",
    find: (plan) => ended(CLIENT)(plan).filter((finding) => !renamed(plan, finding)),
  },
  {
    kind: "users-lost",
    reason: "The address was renamed: to Terraform that is one destroyed and another one created, empty.",
    advice: "Say so with a `moved` block (`from` the old address, `to` the new one), or `terraform state mv`.",
    find: (plan) =>
      plan.ofType(POOL, CLIENT).flatMap((change) => {
        const to = change.verb === "destroy" && successor(plan, change);
        return to ? [{ address: change.address, attribute: "address", before: change.address, after: to.address }] : [];
      }),
  },
  {
    kind: "users-lost",
    reason: "A group goes with its members' membership, and with the rights that it gave them.",
    advice: "Keep the group, or list its members first to add them to the new one.",
    find: ended("aws_cognito_user_group", "aws_cognito_user_in_group", "aws_cognito_user"),
  },
  {
    kind: "users-lost",
    reason: "Terraform lets go of it: it stays, but no plan will warn of what happens to it.",
    advice: "Be sure that somebody else looks after it (COGNITO_USER_POOL_ID uses an existing pool).",
    find: (plan) =>
      plan
        .ofType(POOL, CLIENT)
        .filter((change) => change.verb === "forget")
        .map((change) => ({ address: change.address, attribute: "removed", before: "managed", after: "forgotten" })),
  },
  {
    kind: "users-lost",
    reason: "Without deletion protection, one apply or one click deletes the pool with all its users.",
    advice: 'Keep deletion_protection = "ACTIVE" (PROTECT_USERS=true) unless the pool is to be deleted.',
    find: badValue({
      types: [POOL],
      attribute: "deletion_protection",
      bad: (value) => value !== "ACTIVE",
      onCreate: false,
    }),
  },
  {
    kind: "users-lost",
    reason: "Cognito cannot remove or change an attribute of users: the apply fails half-way, or asks for a new pool.",
    advice: "Leave the attribute as it is and stop using it.",
    find: schemaLost,
  },
];

const renamed = (plan: Plan, { address }: Finding): boolean => {
  const change = plan.at(address);
  return change?.verb === "destroy" && successor(plan, change) !== undefined;
};

function schemaLost(plan: Plan): Finding[] {
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

import { review } from "../../../review/report";
import { usersLost } from "../../../review/rules/users-lost";
import { pairs, whenDestroyed } from "../support/pairs";
import { created, destroyed, forgotten, kept, planOf, replaced, updated } from "../support/plan";

const POOL = "aws_cognito_user_pool.users";
const CLIENT = "aws_cognito_user_pool_client.app";
const pool = { id: "us-east-1_a", name: "users", deletion_protection: "ACTIVE", alias_attributes: ["email"] };
const client = { id: "c1", name: "app", user_pool_id: "us-east-1_a", prevent_user_existence_errors: "ENABLED" };
const attribute = { name: "team", attribute_data_type: "String", mutable: true };

pairs(usersLost, [
  whenDestroyed("users-lost", "aws_cognito_identity_pool"),
  [
    "users-lost",
    "a group that gives another role",
    [
      updated(
        "aws_cognito_user_group.admin",
        { name: "admin", role_arn: "arn:a" },
        { name: "admin", role_arn: "arn:b" },
      ),
    ],
    "a group that gives a role",
    [updated("aws_cognito_user_group.admin", { name: "admin" }, { name: "admin", role_arn: "arn:b" })],
  ],

  [
    "users-lost",
    "a destroyed pool",
    [destroyed(POOL, pool)],
    "a tag",
    [updated(POOL, pool, { ...pool, tags: { a: "b" } })],
  ],
  [
    "users-lost",
    "a pool replaced for another alias",
    [replaced(POOL, pool, { ...pool, alias_attributes: ["phone_number"] }, { replacePaths: [["alias_attributes"]] })],
    "a pool that is created",
    [created(POOL, pool)],
  ],
  ["users-lost", "a destroyed client", [destroyed(CLIENT, client)], "a client kept", [kept(CLIENT, client)]],
  [
    "users-lost",
    "a pool renamed without a moved block",
    [destroyed(POOL, pool), created("aws_cognito_user_pool.people", pool)],
    "a pool renamed with one",
    [kept("aws_cognito_user_pool.people", pool, { previous_address: POOL })],
  ],
  [
    "users-lost",
    "a destroyed group",
    [destroyed("aws_cognito_user_group.admin", { name: "admin" })],
    "a group's description",
    [updated("aws_cognito_user_group.admin", { name: "admin" }, { name: "admin", description: "x" })],
  ],
  ["users-lost", "a pool that Terraform forgets", [forgotten(POOL, pool)], "a new one", [created(POOL, pool)]],
  [
    "users-lost",
    "deletion protection taken away",
    [updated(POOL, pool, { ...pool, deletion_protection: "INACTIVE" })],
    "deletion protection that is switched on",
    [updated(POOL, { ...pool, deletion_protection: "INACTIVE" }, pool)],
  ],
  [
    "users-lost",
    "a schema attribute removed",
    [updated(POOL, { ...pool, schema: [attribute] }, { ...pool, schema: [] })],
    "a schema attribute added, in another order",
    [updated(POOL, { ...pool, schema: [attribute] }, { ...pool, schema: [{ ...attribute, name: "new" }, attribute] })],
  ],
  [
    "users-lost",
    "a schema attribute of another type",
    [
      updated(
        POOL,
        { ...pool, schema: [attribute] },
        { ...pool, schema: [{ ...attribute, attribute_data_type: "Number" }] },
      ),
    ],
    "the same attribute with its defaults written out",
    [updated(POOL, { ...pool, schema: [attribute] }, { ...pool, schema: [{ ...attribute, required: false }] })],
  ],
]);

test("names the attribute that forces the replacement, with its value before and after", () => {
  const plan = planOf([
    replaced(
      POOL,
      { ...pool, username_configuration: [{ case_sensitive: false }] },
      { ...pool, username_configuration: [{ case_sensitive: true }] },
      { replacePaths: [["username_configuration", 0, "case_sensitive"]] },
    ),
  ]);
  expect(review(plan, []).dangers).toMatchObject([
    { address: POOL, attribute: "username_configuration.0.case_sensitive", before: false, after: true },
  ]);
});

test("says why, where no attribute forces it", () => {
  const plan = planOf([replaced(POOL, pool, pool, { action_reason: "replace_by_request" })]);
  expect(review(plan, []).dangers).toMatchObject([{ attribute: "replace_by_request", after: "a new one" }]);
});

test("gives a renamed pool its own advice, once", () => {
  const plan = planOf([destroyed(POOL, pool), created("aws_cognito_user_pool.people", pool)]);
  const { dangers } = review(plan, []);
  expect(dangers).toHaveLength(1);
  expect(dangers[0]).toMatchObject({ attribute: "address", after: "aws_cognito_user_pool.people" });
  expect(dangers[0]?.advice).toContain("moved");
});

test("keeps a pool that was never protected apart from what the plan brings", () => {
  const report = review(planOf([kept(POOL, { ...pool, deletion_protection: "INACTIVE" })]), []);
  expect(report).toMatchObject({ verdict: "safe", dangers: [], standing: [{ attribute: "deletion_protection" }] });
});

test("is not alarmed by what is left over from an earlier replacement", () => {
  expect(review(planOf([kept(POOL, pool), destroyed(POOL, pool, { deposed: "abcd1234" })]), []).dangers).toEqual([]);
});

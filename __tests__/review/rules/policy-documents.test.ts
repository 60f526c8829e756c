/** Policies from a policy document that is read during the apply: its statements stand in the plan. */
import { pairs } from "../support/pairs";
import { type JsonObject, kept, type Resource, updated } from "../support/plan";

const ROLE = "aws_iam_role.fn";
const POLICY = "aws_iam_role_policy.fn";
const role = { id: "fn", name: "fn" };
const denial = { Effect: "Deny", Action: "s3:*", Resource: "*" };
const one = {
  Effect: "Allow",
  Action: "cognito-idp:AdminGetUser",
  Resource: "arn:aws:cognito-idp:us-east-1:1:userpool/a",
};
const unknown = { unknown: { policy: true } };
const policy = (...statements: JsonObject[]) => ({
  role: "fn",
  name: "p",
  policy: JSON.stringify({ Statement: statements }),
});
const statement = ({ Action, Resource }: JsonObject) => ({ actions: [Action], resources: [Resource], effect: null });
const fromDocument = (after: JsonObject): Resource[] => [
  {
    address: "data.aws_iam_policy_document.d",
    mode: "data",
    type: "aws_iam_policy_document",
    name: "d",
    change: {
      actions: ["read"],
      before: null,
      after: { statement: [statement(after)] },
      after_unknown: { json: true },
    },
  },
  updated(
    POLICY,
    policy(one),
    { role: "fn" },
    {
      ...unknown,
      expressions: {
        policy: { references: ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"] },
      },
    },
  ),
];

/** The same as Terraform's JSON syntax has it, which keeps the expression's text. */
const fromJsonSyntax = (after: JsonObject): Resource[] =>
  fromDocument(after).map((item) =>
    item.type === "aws_iam_role_policy"
      ? updated(
          POLICY,
          policy(one),
          { role: "fn" },
          {
            ...unknown,
            expressions: {
              policy: {
                constant_value: "${data.aws_iam_policy_document.d.json}",
                references: ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"],
              },
            },
          },
        )
      : item,
  );

pairs(
  [],
  [
    [
      "access-opened",
      "a pending document with more, in Terraform's JSON syntax",
      fromJsonSyntax({ ...one, Action: "cognito-idp:AdminDeleteUser" }),
      "one with the same",
      fromJsonSyntax(one),
    ],
    [
      "unknown",
      "a policy that is unknown, and had a denial",
      [kept(ROLE, role), updated(POLICY, policy(one, denial), { role: "fn" }, unknown)],
      "one from a document whose statements stand in the plan",
      [kept(ROLE, role), ...fromDocument(one)],
    ],
    [
      "access-opened",
      "a wildcard in such a document",
      [kept(ROLE, role), ...fromDocument({ ...one, Action: "*" })],
      "a policy that is unknown, and had a denial",
      [kept(ROLE, role), updated(POLICY, policy(one, denial), { role: "fn" }, unknown)],
    ],
  ],
);

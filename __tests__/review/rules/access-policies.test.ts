import { review } from "../../../review/report";
import { accessPolicies } from "../../../review/rules/access-policies";
import { pairs } from "../support/pairs";
import { created, destroyed, type JsonObject, kept, planOf, replaced, updated } from "../support/plan";

const ROLE = "aws_iam_role.fn";
const POLICY = "aws_iam_role_policy.fn";
const role = { id: "fn", name: "fn", assume_role_policy: trust({ Service: "lambda.amazonaws.com" }) };
const POOL = "arn:aws:cognito-idp:us-east-1:1:userpool/a";
const denial = { Effect: "Deny", Action: "s3:*", Resource: "*" };
const one = { Effect: "Allow", Action: "cognito-idp:AdminGetUser", Resource: POOL };

function trust(principal: JsonObject) {
  return JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }] });
}
const policy = (...statements: JsonObject[]) => ({
  role: "fn",
  name: "p",
  policy: JSON.stringify({ Statement: statements }),
});
const change = (before: JsonObject[], after: JsonObject[]) => [
  kept(ROLE, role),
  updated(POLICY, policy(...before), policy(...after)),
];
const unknown = { unknown: { policy: true } };
const fromConfiguration = (text: string) => ({
  ...unknown,
  expressions: { policy: { constant_value: text, references: [] } },
});

pairs(accessPolicies, [
  [
    "access-opened",
    "a user who may do everything",
    [
      updated(
        "aws_iam_user_policy.ci",
        { user: "ci", policy: policy(one).policy },
        { user: "ci", policy: policy({ ...one, Action: "*" }).policy },
      ),
    ],
    "actions that AWS defines without a resource",
    change(
      [one],
      [one, { Effect: "Allow", Action: ["xray:PutTraceSegments", "ec2:DescribeNetworkInterfaces"], Resource: "*" }],
    ),
  ],
  [
    "access-opened",
    "listing all users of all pools",
    change([one], [one, { Effect: "Allow", Action: "cognito-idp:ListUsers", Resource: "*" }]),
    "the policy of a role that is renamed",
    [
      replaced(ROLE, role, { ...role, id: undefined, name: "other" }, { unknown: { id: true } }),
      replaced(
        POLICY,
        policy(one, denial),
        { ...policy(one, denial), role: undefined },
        {
          unknown: { role: true },
          expressions: { role: { references: ["aws_iam_role.fn.id", "aws_iam_role.fn"] } },
        },
      ),
    ],
  ],
  [
    "access-opened",
    "one action more",
    change([one], [{ ...one, Action: [one.Action, "cognito-idp:AdminDeleteUser"] }]),
    "the same as a list",
    change([one], [{ ...one, Action: [one.Action], Resource: [POOL] }]),
  ],
  [
    "access-opened",
    "one resource more",
    change([one], [{ ...one, Resource: [POOL, `${POOL}b`] }]),
    "one resource of two",
    change([{ ...one, Resource: [POOL, `${POOL}b`] }], [one]),
  ],
  [
    "access-opened",
    "a wildcard action",
    change([one], [{ ...one, Action: "cognito-idp:*" }]),
    "a wildcard that goes",
    change([{ ...one, Action: "*" }], [one]),
  ],
  [
    "access-opened",
    "a wildcard resource",
    change([one], [{ ...one, Resource: "*" }]),
    "the streams of one log group",
    [
      created(ROLE, role),
      created(
        POLICY,
        policy({
          Effect: "Allow",
          Action: "logs:PutLogEvents",
          Resource: "arn:aws:logs:us-east-1:1:log-group:/aws/lambda/fn:*",
        }),
      ),
    ],
  ],
  [
    "access-opened",
    "NotAction",
    change([one], [{ Effect: "Allow", NotAction: "iam:*", Resource: POOL }]),
    "statements in another order",
    change([one, { ...one, Action: "a:B" }], [{ ...one, Action: "a:B" }, one]),
  ],
  [
    "access-opened",
    "a denial that goes",
    change([one, denial], [one]),
    "a denial that comes",
    change([one], [one, { Effect: "Deny", Action: "*", Resource: "*" }]),
  ],
  [
    "access-opened",
    "a policy that goes with its denial",
    [kept(ROLE, role), destroyed(POLICY, policy(denial))],
    "a denial that moves to another policy of the role",
    [kept(ROLE, role), destroyed(POLICY, policy(denial)), created("aws_iam_role_policy.other", policy(denial))],
  ],
  [
    "access-opened",
    "a denial that goes beside one that stays",
    [kept("aws_iam_role_policy.other", policy(denial)), ...change([one, { ...denial, Action: "a:B" }], [one])],
    "a change beside a denial that stays",
    [kept("aws_iam_role_policy.other", policy(denial)), ...change([one, { ...one, Action: "a:B" }], [one])],
  ],
  [
    "access-opened",
    "a denial that goes with its policy, and the role is a new one",
    [replaced(ROLE, role, role), destroyed(POLICY, policy(denial))],
    "a denial that goes with its role",
    [destroyed(ROLE, role), destroyed(POLICY, policy(denial))],
  ],
  [
    "access-opened",
    "a condition that goes",
    change([{ ...one, Condition: { Bool: { a: "true" } } }], [one]),
    "a condition that comes",
    change([one], [{ ...one, Condition: { Bool: { a: "true" } } }]),
  ],
  [
    "access-opened",
    "a second policy on a role that exists",
    [kept(ROLE, role), created(POLICY, policy(one))],
    "a policy of a new role",
    [created(ROLE, role), created(POLICY, policy(one))],
  ],
  [
    "access-opened",
    "a new role with a wildcard",
    [created(ROLE, role), created(POLICY, policy({ ...one, Action: "*" }))],
    "a policy under another address",
    [kept(ROLE, role), destroyed(POLICY, policy(one)), created("aws_iam_role_policy.other", policy(one))],
  ],
  [
    "unknown",
    "a policy known only after apply",
    [kept(ROLE, role), updated(POLICY, policy(one), { role: "fn" }, unknown)],
    "one that the configuration tells",
    [
      kept(ROLE, role),
      updated(
        POLICY,
        policy(one),
        { role: "fn" },
        fromConfiguration(policy(one).policy.replace("us-east-1", "${var.region}")),
      ),
    ],
  ],
]);

test("compares a policy by the resource that it refers to, when the ARN is known only after apply", () => {
  const text = policy({ ...one, Resource: "${aws_cognito_user_pool.a.arn}" }).policy;
  const plan = planOf([
    kept(ROLE, role),
    updated(
      "aws_cognito_user_pool.a",
      { arn: POOL, deletion_protection: "ACTIVE" },
      { deletion_protection: "ACTIVE" },
      { unknown: { arn: true } },
    ),
    updated(POLICY, policy(one), { role: "fn" }, fromConfiguration(text)),
  ]);
  expect(review(plan, []).dangers).toEqual([]);
});

test("lists a wildcard that was there before apart, and says which", () => {
  const wild = policy({ ...one, Action: "*" });
  expect(review(planOf([kept(ROLE, role), kept(POLICY, wild)]), [])).toMatchObject({
    verdict: "safe",
    standing: [{ kind: "access-opened", after: [`* on ${POOL}`] }],
  });
});

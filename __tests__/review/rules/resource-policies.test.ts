import { review } from "../../../review/report";
import { policies, withPolicy } from "../../../review/rules/policy-types";
import { resourcePolicies } from "../../../review/rules/resource-policies";
import { oneWay, pairs } from "../support/pairs";
import { created, destroyed, planOf, updated } from "../support/plan";

const policy = (principal: unknown, more: object = {}) => ({
  policy: JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: principal, Action: "s3:GetObject", Resource: "arn:b/*", ...more }],
  }),
});
const account = { AWS: "arn:aws:iam::123456789012:root" };
const grant = (action: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "arn:x" }] });
const BUCKET = "aws_s3_bucket_policy";

pairs(resourcePolicies, [
  oneWay("access-opened", BUCKET, policy(account), policy("*")),
  oneWay("access-opened", "aws_kms_key", policy(account), policy({ AWS: "*" })),
  oneWay(
    "access-opened",
    "aws_sqs_queue",
    policy(account),
    policy({ AWS: ["arn:aws:iam::123456789012:root", "arn:aws:iam::999999999999:root"] }),
  ),
  [
    "access-opened",
    "a new queue for everybody",
    [created("aws_sqs_queue_policy.q", policy("*"))],
    "a new queue for everybody in one organization",
    [created("aws_sqs_queue_policy.q", policy("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }))],
  ],
  [
    "access-opened",
    "a policy that goes with its denial",
    [destroyed(`${BUCKET}.b`, policy("*", { Effect: "Deny" }))],
    "one that goes and denied nothing",
    [destroyed(`${BUCKET}.b`, policy(account))],
  ],
  [
    "unknown",
    "a policy known only after apply",
    [updated(`${BUCKET}.b`, policy(account), {}, { unknown: { policy: true } })],
    "one that stays",
    [updated(`${BUCKET}.b`, { ...policy(account), a: 1 }, { ...policy(account), a: 2 })],
  ],
  [
    "access-opened",
    "a new bucket for everybody who uses TLS",
    [created(`${BUCKET}.b`, policy("*", { Condition: { Bool: { "aws:SecureTransport": "true" } } }))],
    "a new bucket for everybody in one network",
    [created(`${BUCKET}.b`, policy("*", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }))],
  ],
  [
    "access-opened",
    "an endpoint without its policy: it lets everything through",
    [updated("aws_vpc_endpoint.e", policy(account), { policy: null })],
    "a queue without its policy: nobody else has access",
    [updated("aws_sqs_queue.q", policy(account), { policy: null })],
  ],
  [
    "access-opened",
    "a grant for another account",
    [created("aws_kms_grant.g", { grantee_principal: "arn:aws:iam::999999999999:role/x", operations: ["Decrypt"] })],
    "a grant for a role that the plan creates",
    [created("aws_kms_grant.g", { operations: ["Decrypt"] }, { unknown: { grantee_principal: true } })],
  ],
  [
    "access-opened",
    "a new permission set for everything",
    [created("aws_ssoadmin_permission_set_inline_policy.p", { inline_policy: grant("*") })],
    "one for one action",
    [created("aws_ssoadmin_permission_set_inline_policy.p", { inline_policy: grant("s3:GetObject") })],
  ],
]);

test.each(Object.entries({ ...withPolicy, ...policies }))(
  "%s: finds a principal that %s lets in",
  (type, attribute) => {
    const values = (principal: unknown) => ({ [attribute]: policy(principal).policy });
    const plan = planOf([updated(`${type}.x`, values(account), values("*"))]);
    expect(review(plan, []).dangers).toMatchObject([{ kind: "access-opened", attribute }]);
  },
);

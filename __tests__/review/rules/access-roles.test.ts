import { accessRoles } from "../../../review/rules/access-roles";
import { pairs } from "../support/pairs";
import { created, destroyed, kept, updated } from "../support/plan";

const ROLE = "aws_iam_role.fn";
const role = { id: "fn", name: "fn", assume_role_policy: trust({ Service: "lambda.amazonaws.com" }) };
const one = {
  Effect: "Allow",
  Action: "cognito-idp:AdminGetUser",
  Resource: "arn:aws:cognito-idp:us-east-1:1:userpool/a",
};
const policy = (statement: object) => ({ policy: JSON.stringify({ Statement: [statement] }) });

function trust(principal: object) {
  return JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }] });
}

pairs(accessRoles, [
  [
    "access-opened",
    "more in the role itself",
    [updated(ROLE, role, { ...role, inline_policy: [{ name: "p", policy: policy(one).policy }] })],
    "less in the role itself",
    [updated(ROLE, { ...role, inline_policy: [{ name: "p", policy: policy(one).policy }] }, role)],
  ],
  [
    "access-opened",
    "somebody else who takes the role on",
    [updated(ROLE, role, { ...role, assume_role_policy: trust({ AWS: "arn:aws:iam::999999999999:root" }) })],
    "the same service, written otherwise",
    [updated(ROLE, role, { ...role, assume_role_policy: trust({ Service: ["lambda.amazonaws.com"] }) })],
  ],
  [
    "access-opened",
    "a whole policy attached to a role that exists",
    [
      kept(ROLE, role),
      created("aws_iam_role_policy_attachment.a", { role: "fn", policy_arn: "arn:aws:iam::aws:policy/x" }),
    ],
    "one attached to a new role",
    [
      created(ROLE, role),
      created("aws_iam_role_policy_attachment.a", { role: "fn", policy_arn: "arn:aws:iam::aws:policy/x" }),
    ],
  ],
  [
    "access-opened",
    "everything attached to a new role",
    [
      created(ROLE, role),
      created("aws_iam_role_policy_attachment.a", {
        role: "fn",
        policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    ],
    "one detached",
    [
      kept(ROLE, role),
      destroyed("aws_iam_role_policy_attachment.a", { role: "fn", policy_arn: "arn:aws:iam::aws:policy/x" }),
    ],
  ],
  [
    "access-opened",
    "one more managed policy",
    [updated(ROLE, role, { ...role, managed_policy_arns: ["arn:x"] })],
    "one fewer",
    [updated(ROLE, { ...role, managed_policy_arns: ["arn:x"] }, role)],
  ],
  [
    "access-opened",
    "a boundary that goes",
    [updated(ROLE, { ...role, permissions_boundary: "arn:b" }, role)],
    "a boundary that comes",
    [updated(ROLE, role, { ...role, permissions_boundary: "arn:b" })],
  ],
]);

import { accessIdentities } from "../../../review/rules/access-identities";
import { oneWay, pairs } from "../support/pairs";
import { created, destroyed } from "../support/plan";

pairs(accessIdentities, [
  [
    "access-opened",
    "a key that never expires",
    [created("aws_iam_access_key.ci", { user: "ci" })],
    "one that goes",
    [destroyed("aws_iam_access_key.ci", { user: "ci" })],
  ],
  oneWay("access-opened", "aws_iam_access_key", { status: "Inactive" }, { status: "Active" }),
  oneWay("access-opened", "aws_iam_user_group_membership", { groups: ["a"] }, { groups: ["a", "admin"] }),
  oneWay("access-opened", "aws_iam_openid_connect_provider", { client_id_list: ["a"] }, { client_id_list: ["a", "b"] }),
  oneWay(
    "access-opened",
    "aws_iam_account_password_policy",
    { minimum_password_length: 14 },
    { minimum_password_length: 8 },
  ),
  [
    "access-opened",
    "a user who becomes a member of a group",
    [created("aws_cognito_user_in_group.m", { group_name: "admin", username: "eve", user_pool_id: "us-east-1_Abc" })],
    "one of a new pool",
    [
      created(
        "aws_cognito_user_in_group.m",
        { group_name: "admin", username: "eve" },
        { unknown: { user_pool_id: true } },
      ),
    ],
  ],
  oneWay("access-opened", "aws_cognito_user_group", { role_arn: "" }, { role_arn: "arn:aws:iam::123456789012:role/a" }),
  [
    "access-opened",
    "a server that gets another role",
    oneWay("access-opened", "aws_iam_instance_profile", { role: "a" }, { role: "b" })[2],
    "its creation",
    [created("aws_iam_instance_profile.p", { role: "a" })],
  ],
]);

/** Who can act in the account or the pool: IAM users, their keys, federation, members of groups. */
import { gains, isOther, isSwapped, turnsOff } from "../plan/compare";
import { isEmpty, own } from "../plan/value";
import { CREATED, ENDED, looks, place, type Rule } from "./rule";
import { anyOf, onChange } from "./searches";

const SAML = "aws_iam_saml_provider";
const OIDC = "aws_iam_openid_connect_provider";
const PASSWORDS = "aws_iam_account_password_policy";

/** What is a new way in by being there. */
const ways: Readonly<Record<string, string>> = {
  aws_iam_access_key: "user",
  aws_iam_user: "name",
  aws_iam_user_login_profile: "user",
  aws_iam_user_ssh_key: "username",
  aws_iam_service_specific_credential: "user_name",
  [OIDC]: "url",
  [SAML]: "name",
};

export const accessIdentities: readonly Rule[] = [
  {
    kind: "access-opened",
    reason: "There is a new way into the account: a user, a key that never expires, or an identity provider.",
    advice: "Let machines assume a role (OIDC, instance or task roles), and people sign in by IAM Identity Center.",
    looksAt: looks(Object.keys(ways), CREATED, ENDED, "status", "pgp_key", "public_key", "name", "path"),
    find: (plan) =>
      plan
        .ofType(...Object.keys(ways))
        .filter((change) => change.verb === "create" || change.verb === "replace")
        .map((change) => place(change, ways[change.type] ?? "id", { before: "none" })),
  },
  {
    kind: "access-opened",
    reason: "A key or password that was off works again.",
    advice: "Delete it, and make a new one where it is needed.",
    ...onChange("aws_iam_access_key", "status", (before, after) => before === "Inactive" && after === "Active"),
  },
  {
    kind: "access-opened",
    reason: "Users become members of another group, with all that the group may do.",
    advice: "Confirm what the group's policies allow.",
    looksAt: looks(
      ["aws_iam_group_membership", "aws_iam_user_group_membership"],
      "users",
      "groups",
      "user",
      "group",
      CREATED,
      ENDED,
    ),
    find: (plan) =>
      plan.ofType("aws_iam_group_membership", "aws_iam_user_group_membership").flatMap((change) => {
        const attribute = change.type === "aws_iam_group_membership" ? "users" : "groups";
        if (change.verb === "keep" || !change.after) return [];
        return gains(change.before?.[attribute], change.after[attribute]) ? [place(change, attribute)] : [];
      }),
  },
  {
    kind: "access-opened",
    reason: "A user becomes a member of a group, with all that the group may do.",
    advice: "Confirm who the user is, and what the group may do.",
    find: (plan) =>
      plan
        .ofType("aws_cognito_user_in_group")
        // the users of a new pool are new too
        .filter(({ verb, after }) => (verb === "create" || verb === "replace") && !isEmpty(own(after, "user_pool_id")))
        .map((change) => place(change, "group_name")),
  },
  {
    kind: "access-opened",
    reason: "Members of the group get a role in AWS, through an identity pool.",
    advice: "Confirm what the role may do.",
    ...onChange("aws_cognito_user_group", "role_arn", (before, after) => isEmpty(before) && !isEmpty(after)),
  },
  {
    kind: "access-opened",
    reason: "The account trusts tokens of another client, issuer or certificate.",
    advice: "Keep to the client ids in use, and to this provider's own metadata.",
    ...anyOf(
      onChange(OIDC, ["client_id_list", "thumbprint_list"], gains),
      onChange(OIDC, "url", isSwapped),
      onChange(SAML, "saml_metadata_document", isSwapped),
    ),
  },
  {
    kind: "access-opened",
    severity: "low",
    reason: "The account's password policy gets weaker.",
    advice: "Keep it as strict as it is.",
    ...anyOf(
      onChange(PASSWORDS, "minimum_password_length", (before, after) => Number(after ?? 6) < Number(before ?? 6)),
      onChange(
        PASSWORDS,
        [
          "require_lowercase_characters",
          "require_numbers",
          "require_symbols",
          "require_uppercase_characters",
          "hard_expiry",
        ],
        turnsOff,
      ),
      onChange(PASSWORDS, ["password_reuse_prevention", "max_password_age"], isOther),
    ),
  },
  {
    kind: "access-opened",
    reason: "The server gets another role.",
    advice: "Confirm what the role may do.",
    ...onChange("aws_iam_instance_profile", "role", isSwapped),
  },
];

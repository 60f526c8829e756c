import { identityPools } from "../../../review/rules/identity-pools";
import { oneWay, type Pair, pairs } from "../support/pairs";
import { updated } from "../support/plan";

const PROVIDER = "aws_cognito_identity_provider";
const POOL = "aws_cognito_identity_pool";
const provider = (details: object) =>
  updated(
    `${PROVIDER}.x`,
    { provider_details: { oidc_issuer: "https://a", client_secret: "s-1" } },
    { provider_details: details },
  );
const clients = (...list: object[]) => ({ cognito_identity_providers: list });
const roles = (values: object) => ({ roles: values });
const role: Pair = [
  "access-opened",
  "another role",
  [
    updated(
      "aws_cognito_identity_pool_roles_attachment.x",
      roles({ authenticated: "arn:a" }),
      roles({ authenticated: "arn:b" }),
    ),
  ],
  "a role that goes",
  [
    updated(
      "aws_cognito_identity_pool_roles_attachment.x",
      roles({ authenticated: "arn:a", unauthenticated: "arn:b" }),
      roles({ authenticated: "arn:a" }),
    ),
  ],
];

pairs(identityPools, [
  [
    "access-opened",
    "another issuer",
    [provider({ oidc_issuer: "https://b", client_secret: "s-1" })],
    "another secret",
    [provider({ oidc_issuer: "https://a", client_secret: "s-2" })],
  ],
  oneWay(
    "access-opened",
    PROVIDER,
    { attribute_mapping: { email: "email" } },
    { attribute_mapping: { email: "email", "custom:role": "role" } },
  ),
  oneWay(
    "access-opened",
    POOL,
    { allow_unauthenticated_identities: false },
    { allow_unauthenticated_identities: true },
  ),
  oneWay(
    "access-opened",
    "aws_cognito_identity_pool_roles_attachment",
    roles({ authenticated: "arn:a" }),
    roles({ authenticated: "arn:a", unauthenticated: "arn:b" }),
  ),
  role,
  oneWay("access-opened", POOL, clients({ client_id: "a" }), clients({ client_id: "a" }, { client_id: "b" })),
  oneWay(
    "access-opened",
    POOL,
    clients({ client_id: "a", server_side_token_check: true }),
    clients({ client_id: "a", server_side_token_check: false }),
  ),
]);

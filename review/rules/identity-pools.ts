/** Who else can become a user: identity providers of a pool, and identity pools, which hand out AWS credentials. */
import { gains, isSwapped, turnsOff, turnsOn } from "../plan/compare";
import { asList, asObject, isObject, own, same } from "../plan/value";
import type { Rule } from "./rule";
import { anyOf, onChange } from "./searches";

const PROVIDER = "aws_cognito_identity_provider";
const POOL = "aws_cognito_identity_pool";
const ROLES = "aws_cognito_identity_pool_roles_attachment";

export const identityPools: readonly Rule[] = [
  {
    kind: "access-opened",
    severity: "high",
    reason: "The identity provider changes: its operator decides who signs in, and as which user.",
    advice: "Confirm the issuer and its addresses; add a second provider beside the old one instead.",
    ...anyOf(
      onChange(PROVIDER, "provider_details", (before, after) => providerKeys(before, after).length > 0),
      onChange(PROVIDER, ["provider_type"], isSwapped),
      onChange(PROVIDER, "idp_identifiers", gains),
    ),
  },
  {
    kind: "access-opened",
    reason: "The provider maps other attributes to users: code that trusts them grants other access.",
    advice:
      "Map only attributes on which no access depends, and never email_verified from a provider that lets users choose.",
    ...onChange(PROVIDER, "attribute_mapping", (before, after) => {
      const old = asObject(before);
      return Object.entries(asObject(after)).some(([name, source]) => own(old, name) !== source);
    }),
  },
  {
    kind: "access-opened",
    severity: "high",
    reason: "Guests get AWS credentials without signing in.",
    advice: "Keep allow_unauthenticated_identities = false, and no role for guests.",
    ...anyOf(
      onChange(POOL, "allow_unauthenticated_identities", turnsOn),
      onChange(
        ROLES,
        "roles",
        (before, after) => own(before, "unauthenticated") === undefined && !!own(after, "unauthenticated"),
      ),
    ),
  },
  {
    kind: "access-opened",
    reason: "Signed-in users or guests get another role in AWS.",
    advice: "Confirm what the role may do.",
    ...anyOf(
      onChange(ROLES, "roles", (before, after) =>
        Object.entries(asObject(before)).some(([name, role]) => isSwapped(role, own(after, name))),
      ),
      onChange(ROLES, "role_mapping", (before, after) => asList(after).length > 0 && !same(before, after)),
    ),
  },
  {
    kind: "access-opened",
    reason: "The identity pool trusts more providers or clients, or checks their tokens less.",
    advice: "List this project's own pool and clients, with server_side_token_check.",
    ...anyOf(
      onChange(POOL, ["openid_connect_provider_arns", "saml_provider_arns"], gains),
      onChange(POOL, "allow_classic_flow", turnsOn),
      onChange(POOL, "cognito_identity_providers", (before, after) => gains(clients(before), clients(after))),
      onChange(POOL, "cognito_identity_providers", (before, after) =>
        asList(after).some((item) => {
          const old = asList(before).find((other) => own(other, "client_id") === own(item, "client_id"));
          return turnsOff(own(old, "server_side_token_check"), own(item, "server_side_token_check"));
        }),
      ),
      onChange(POOL, ["supported_login_providers"], (before, after) =>
        Object.entries(asObject(after)).some(([name, id]) => own(before, name) !== id),
      ),
      onChange(POOL, "developer_provider_name", isSwapped),
    ),
  },
];

/** The provider's addresses; its secret and the request that it takes are not who it is. */
const providerKeys = (before: unknown, after: unknown): string[] =>
  isObject(before)
    ? Object.keys(before).filter(
        (key) => /issuer|url|uri|metadata|domain/i.test(key) && isSwapped(before[key], own(after, key)),
      )
    : [];

const clients = (list: unknown): unknown[] =>
  asList(list).map((item) => `${own(item, "provider_name")} ${own(item, "client_id")}`);

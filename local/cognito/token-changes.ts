import type { JWTPayload } from "jose";
import type { Client } from "./local-user-pool";
import type { Context } from "./operation";
import type { User } from "./store";
import { triggerAttributes } from "./triggers";

interface Changes {
  readonly claimsToAddOrOverride?: Readonly<Record<string, unknown>>;
  readonly claimsToSuppress?: readonly string[] | null | undefined;
}

/** What the pre token generation trigger changes of the tokens. */
export interface TokenChanges {
  readonly id?: Changes | null | undefined;
  readonly access?: Changes | null | undefined;
  readonly scopesToAdd: readonly string[];
  readonly scopesToSuppress: readonly string[];
  readonly groups?: readonly string[] | null | undefined;
  readonly roles?: readonly string[] | null | undefined;
  readonly preferredRole?: string | null | undefined;
}

/** Claims that the trigger cannot change: it sets them in vain. */
const PROTECTED = new Set(
  "acr amr at_hash aud auth_time azp client_id cnf cognito:username device_key event_id exp iat iss jti nbf nonce origin_jti sub token_use username version".split(
    " ",
  ),
);

/** @param source `Authentication`, `NewPasswordChallenge`, `RefreshTokens` */
export async function tokenChanges(
  context: Context,
  client: Client,
  user: User,
  groups: readonly string[],
  source: string,
): Promise<TokenChanges> {
  const isV1 = client.pool.triggers.pre_token_generation?.version === "1";
  const response = await context.trigger(client.pool, "pre_token_generation", {
    source,
    userName: user.username,
    clientId: client.id,
    request: {
      userAttributes: triggerAttributes(user),
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
      ...(!isV1 && { scopes: ["aws.cognito.signin.user.admin"] }),
    },
    response: isV1 ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  });
  const v1 = isV1 ? response?.claimsOverrideDetails : undefined;
  const v2 = isV1 ? undefined : response?.claimsAndScopeOverrideDetails;
  const override = v1?.groupOverrideDetails ?? v2?.groupOverrideDetails;
  return {
    id: v1 ?? v2?.idTokenGeneration,
    access: v2?.accessTokenGeneration,
    scopesToAdd: v2?.accessTokenGeneration?.scopesToAdd ?? [],
    scopesToSuppress: v2?.accessTokenGeneration?.scopesToSuppress ?? [],
    groups: override?.groupsToOverride,
    roles: override?.iamRolesToOverride,
    preferredRole: override?.preferredRole,
  };
}

export function changeClaims(payload: JWTPayload, changes: Changes | null | undefined): JWTPayload {
  const suppressed = new Set(changes?.claimsToSuppress ?? []);
  const kept = Object.entries(payload).filter(([name]) => PROTECTED.has(name) || !suppressed.has(name));
  const added = Object.entries(changes?.claimsToAddOrOverride ?? {}).filter(([name]) => !PROTECTED.has(name));
  return Object.fromEntries([...kept, ...added]);
}

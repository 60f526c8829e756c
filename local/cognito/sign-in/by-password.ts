import { invalidParameter, missingParameter, userNotFound } from "../errors";
import type { Client } from "../local-user-pool";
import { migrateUser } from "../migrate-user";
import type { Context } from "../operation";
import { setPassword, verifyNoPassword, verifyPassword } from "../password";
import { checkSecretHash } from "../secret-hash";
import type { User } from "../store";
import { triggerAttributes } from "../triggers";
import { findUser } from "../users";
import { afterPassword } from "./after-password";

export type Parameters = Readonly<Record<string, string>>;

export async function signInByPassword(
  client: Client,
  { USERNAME, PASSWORD, SECRET_HASH }: Parameters,
  metadata: Parameters,
  context: Context,
) {
  if (!USERNAME) throw missingParameter("USERNAME");
  if (!PASSWORD) throw missingParameter("PASSWORD");
  checkSecretHash(client, [USERNAME], SECRET_HASH);
  const user =
    findUser(client.pool, USERNAME) ??
    (await migrateUser(context, client, "Authentication", USERNAME, PASSWORD, metadata));
  await preAuthentication(context, client, user, USERNAME, metadata);
  if (!user) {
    if (client.protectsUserExistence) verifyNoPassword(PASSWORD);
    throw userNotFound();
  }
  verifyPassword(user, PASSWORD, context.now());
  if (user.password && !user.password.verifier) setPassword(client.pool, user, PASSWORD, user.password.expiresAt);
  return afterPassword(context, client, user);
}

/** Runs before the password is checked. */
export async function preAuthentication(
  context: Context,
  client: Client,
  user: User | undefined,
  username: string,
  validationData: Parameters,
): Promise<void> {
  if (!user && !client.protectsUserExistence) return;
  await context.trigger(client.pool, "pre_authentication", {
    source: "Authentication",
    userName: user?.username ?? username,
    clientId: client.id,
    request: { userAttributes: user ? triggerAttributes(user) : {}, validationData, userNotFound: !user },
  });
}

/** @throws InvalidParameterException */
export function requireFlow({ flows: allowed }: Client, flow: string): void {
  if (allowed.includes(`ALLOW_${flow}`) || allowed.includes(flow)) return;
  throw invalidParameter(
    flow === "USER_SRP_AUTH"
      ? "USER_SRP_AUTH is not enabled for the client."
      : `${flow} flow not enabled for this client`,
  );
}

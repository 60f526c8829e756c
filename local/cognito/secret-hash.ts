import { createHmac } from "node:crypto";
import { notAuthorized } from "./errors";
import type { Client } from "./local-user-pool";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash */
export const secretHash = (secret: string, username: string, clientId: string) =>
  createHmac("sha256", secret)
    .update(username + clientId)
    .digest("base64");

/**
 * @param names The user names whose hash is accepted.
 * @param mismatch AWS's message for a wrong hash.
 * @throws NotAuthorizedException
 */
export function checkSecretHash(
  { id, secrets }: Client,
  names: readonly string[],
  hash: string | null | undefined,
  mismatch = "Unable to verify secret hash for client",
): void {
  if (secrets.length === 0) {
    if (hash) throw notAuthorized(`Unable to verify secret hash for client ${id}`);
    return;
  }
  if (!hash) throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  const accepted = secrets.flatMap(({ value }) => names.map((name) => secretHash(value, name, id)));
  if (!accepted.includes(hash)) throw notAuthorized(`${mismatch} ${id}`);
}

/** RevokeToken and GetTokensFromRefreshToken take the secret itself. */
export function checkClientSecret({ id, secrets }: Client, secretSent: string | null | undefined): void {
  const accepted = secrets.map(({ value }) => value);
  if (secretSent ? !accepted.includes(secretSent) : accepted.length > 0)
    throw notAuthorized(`Unable to verify secret for client ${id}`);
}

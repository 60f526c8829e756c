import { notAuthorized } from "./errors";
import type { Client } from "./local-user-pool";
import { random } from "./random";
import { own, type Session, type User } from "./store";

/**
 * Opens a challenge for the user and returns its token.
 * @param user none for a challenge that hides that there is no such user
 * @param state what its response is checked with
 */
export function openSession(
  client: Client,
  user: User | undefined,
  challenge: string,
  now: number,
  state: Pick<Session, "custom" | "srp" | "verified"> = {},
): string {
  const { sessions } = client.pool.state;
  const ageMs = 15 * 60_000;
  for (const [key, { expiresAt }] of Object.entries(sessions)) if (now > expiresAt + ageMs) delete sessions[key];
  const session = random.token(192);
  const expiresAt = now + client.sessionMinutes * 60_000;
  sessions[session] = {
    sub: user?.sub ?? "",
    clientId: client.id,
    challenge,
    expiresAt,
    used: false,
    ...state,
  };
  return session;
}

/**
 * The session that a challenge response names. It stays valid until it is marked `used`, so that a user can correct a
 * new password that the policy rejects.
 * @throws NotAuthorizedException
 */
export function findSession(client: Client, token: string, challenge: string, now: number): Session {
  const session = own(client.pool.state.sessions, token);
  if (!session || session.clientId !== client.id || session.challenge !== challenge) {
    throw notAuthorized("Invalid session for the user.");
  }
  if (session.used) throw notAuthorized("Invalid session for the user, session can only be used once.");
  if (now >= session.expiresAt) throw notAuthorized("Invalid session for the user, session is expired.");
  return session;
}

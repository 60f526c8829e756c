import { invalidParameter, notAuthorized } from "../errors";
import type { Client, LocalUserPool } from "../local-user-pool";
import type { Context } from "../operation";
import { findSession, openSession } from "../sessions";
import { own, type Session, type User } from "../store";

export interface Setup {
  readonly pool: LocalUserPool;
  readonly user: User;
  /** Opens the session of the next step. */
  next(state?: Pick<Session, "verified">): string;
}

/**
 * The user whom an MFA_SETUP challenge was sent to. The session stays valid, so that a wrong code can be corrected.
 * @throws NotAuthorizedException, InvalidParameterException
 */
export function findSetup(context: Context, token: string | null | undefined): Setup {
  if (!token) throw invalidParameter("Either AccessToken or Session must be given");
  const client = clientOf(context, token);
  const { sub } = findSession(client, token, "MFA_SETUP", context.now());
  const user = own(client.pool.state.users, sub);
  if (!user?.enabled) throw notAuthorized("Invalid session for the user.");
  const next: Setup["next"] = (state = {}) => openSession(client, user, "MFA_SETUP", context.now(), state);
  return { pool: client.pool, user, next };
}

function clientOf(context: Context, token: string): Client {
  for (const { state, clients } of context.pools()) {
    const client = clients.find(({ id }) => id === own(state.sessions, token)?.clientId);
    if (client) return client;
  }
  throw notAuthorized("Invalid session for the user.");
}

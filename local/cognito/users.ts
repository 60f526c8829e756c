import { aliasExists, userNotFound } from "./errors";
import type { Context } from "./operation";
import type { Pool } from "./pool";
import { random } from "./random";
import { own, type User } from "./store";

/** A pool that ignores case keeps user names in lower case. */
export const folded = (pool: Pool, name: string): string => (pool.caseSensitive ? name : name.toLowerCase());

/** The user of that name: the pool's own user name, the sub, or an e-mail address that counts as a name in this pool. */
export function findUser(pool: Pool, name: string): User | undefined {
  const wanted = folded(pool, name);
  const users = Object.values(pool.state.users);
  return own(pool.state.users, name) ?? users.find((user) => user.username === wanted) ?? findByEmail(pool, wanted);
}

/** The user who signs in by this address: anyone's in a pool of e-mail user names, else whoever verified it. */
export function findByEmail(pool: Pool, email: string): User | undefined {
  const wanted = folded(pool, email);
  const holds = ({ attributes: { email: own, email_verified } }: User) =>
    own !== undefined && folded(pool, own) === wanted && (pool.emailAsUsername || email_verified === "true");
  if (!pool.emailAlias && !pool.emailAsUsername) return undefined;
  return Object.values(pool.state.users).find(holds);
}

/** @throws UserNotFoundException */
export function requireUser(pool: Pool, name: string): User {
  const user = findUser(pool, name);
  if (!user) throw userNotFound();
  return user;
}

/** The pool and the user that an administrator's request names. */
export function target(context: Context, input: { UserPoolId: string; Username: string }) {
  const pool = context.pool(input.UserPoolId);
  return { pool, user: requireUser(pool, input.Username) };
}

type NewUser = Pick<User, "username" | "status" | "attributes"> & Partial<Pick<User, "password">>;

export function addUser(pool: Pool, now: number, user: NewUser): User {
  const sub = random.uuid();
  const added: User = {
    createdAt: now,
    modifiedAt: now,
    enabled: true,
    groups: [],
    codes: {},
    attempts: {},
    failures: { count: 0, at: 0 },
    ...user,
    sub,
    username: pool.emailAsUsername ? sub : folded(pool, user.username),
  };
  pool.state.users[sub] = added;
  return added;
}

/** Removes the user and everything that was issued to them. */
export function removeUser({ state }: Pool, { sub }: User): void {
  delete state.users[sub];
  for (const [key, login] of Object.entries(state.logins)) if (login.sub === sub) delete state.logins[key];
}

/**
 * Makes the user's address a name of theirs. Only one user can hold it: with `force` the other loses it.
 * @throws AliasExistsException
 */
export function claimEmail(pool: Pool, user: User, force: boolean): void {
  const holder = findByEmail(pool, user.attributes.email ?? "");
  if (holder && holder !== user) {
    if (!force) throw aliasExists();
    holder.attributes.email_verified = "false";
  }
  user.attributes.email_verified = "true";
}

/** What AWS tells of a user. */
export const userSummary = (user: User) => ({
  Username: user.username,
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.modifiedAt / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
});

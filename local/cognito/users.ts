import { aliasExists, userNotFound } from "./errors";
import type { LocalUserPool } from "./local-user-pool";
import { noFailures } from "./lockout";
import type { Context } from "./operation";
import { random } from "./random";
import { own, type User } from "./store";

/** A pool that ignores case keeps user names in lower case. */
export const folded = (pool: LocalUserPool, name: string): string => (pool.caseSensitive ? name : name.toLowerCase());

/** The user of that name: the pool's own user name, the sub, or an e-mail address that counts as a name in this pool. */
export function findUser(pool: LocalUserPool, name: string): User | undefined {
  const wanted = folded(pool, name);
  const users = Object.values(pool.state.users);
  return own(pool.state.users, name) ?? users.find((user) => user.username === wanted) ?? findByEmail(pool, wanted);
}

/** The user who signs in with this address: verified, except in a pool where the address is the user name. */
export function findByEmail(pool: LocalUserPool, email: string): User | undefined {
  const wanted = folded(pool, email);
  const holds = ({ attributes: { email: own, email_verified } }: User) =>
    own !== undefined && folded(pool, own) === wanted && (pool.emailAsUsername || email_verified === "true");
  if (!pool.emailAlias && !pool.emailAsUsername) return undefined;
  return Object.values(pool.state.users).find(holds);
}

/** @throws UserNotFoundException */
export function requireUser(pool: LocalUserPool, name: string): User {
  const user = findUser(pool, name);
  if (!user) throw userNotFound();
  return user;
}

/** The pool and the user that an administrator's request names. */
export function target(context: Context, input: { UserPoolId: string; Username: string }) {
  const pool = context.pool(input.UserPoolId);
  return { pool, user: requireUser(pool, input.Username) };
}

type NewUser = Pick<User, "username" | "status" | "attributes">;

export function addUser(pool: LocalUserPool, now: number, user: NewUser): User {
  const sub = random.uuid();
  const added: User = {
    createdAt: now,
    modifiedAt: now,
    enabled: true,
    groups: [],
    codes: {},
    attempts: {},
    failures: noFailures,
    ...user,
    sub,
    username: pool.emailAsUsername ? sub : folded(pool, user.username),
  };
  pool.state.users[sub] = added;
  return added;
}

/** Removes the user and every sign-in of theirs. */
export function removeUser({ state }: LocalUserPool, { sub }: User): void {
  delete state.users[sub];
  for (const [key, login] of Object.entries(state.logins)) if (login.sub === sub) delete state.logins[key];
}

/**
 * Makes the user's address an alias to sign in with. Only one user can hold it: with `force` the other loses it.
 * @throws AliasExistsException
 */
export function claimEmail(pool: LocalUserPool, user: User, force: boolean): void {
  const holder = findByEmail(pool, user.attributes.email ?? "");
  if (holder && holder !== user) {
    if (!force) throw aliasExists();
    holder.attributes.email_verified = "false";
  }
  user.attributes.email_verified = "true";
}

/**
 * Whether a code in a mail may set a new password: the address is verified, and no second factor goes to it.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html
 */
export const recoversByEmail = ({ attributes, mfa }: User): boolean =>
  attributes.email_verified === "true" && !mfa?.methods.includes("EMAIL_OTP");

/** The members of a user's second factors in AWS's responses. */
export const userMfa = ({ mfa }: User) => ({
  ...(mfa?.methods.length && { UserMFASettingList: mfa.methods }),
  ...(mfa?.preferred && { PreferredMfaSetting: mfa.preferred }),
});

/** The members that describe a user in AWS's responses. */
export const userSummary = (user: User) => ({
  Username: user.username,
  UserCreateDate: user.createdAt / 1000,
  UserLastModifiedDate: user.modifiedAt / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
});

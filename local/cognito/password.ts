import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { CognitoException, notAuthorized, wrongCredentials } from "./errors";
import type { LocalUserPool, PasswordPolicy } from "./local-user-pool";
import { afterAttempt, isLockedOut } from "./lockout";
import { verifierOf } from "./srp";
import type { Password, User } from "./store";

/** Cheap on purpose: these are test users, and a sign-in must be quick. */
const digest = (text: string, salt: string) => scryptSync(text, salt, 32, { N: 1024 });

/** Part of the pool's id, which SRP puts before user names. */
export const poolNameOf = ({ id }: LocalUserPool): string => id.split("_")[1] ?? id;

/** @param expiresAt when it stops working; never, if left out */
export function setPassword(pool: LocalUserPool, user: User, text: string, expiresAt?: number): void {
  const salt = randomBytes(16).toString("hex");
  user.password = {
    salt,
    hash: digest(text, salt).toString("hex"),
    verifier: verifierOf(poolNameOf(pool), user.username, text),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** A password that must be changed at the first sign-in, within the pool's `temporary_password_validity_days`. */
export const setTemporaryPassword = (pool: LocalUserPool, user: User, text: string, now: number): void =>
  setPassword(pool, user, text, now + pool.passwordPolicy.temporary_password_validity_days * 86_400_000);

const classes = [
  ["require_uppercase", /[A-Z]/, "uppercase"],
  ["require_lowercase", /[a-z]/, "lowercase"],
  ["require_numbers", /[0-9]/, "numeric"],
  ["require_symbols", /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, "symbol"],
] as const;

/** @throws InvalidPasswordException naming the first rule that the password breaks. */
export function checkPolicy(policy: PasswordPolicy, text: string): void {
  const missing = classes.find(([rule, pattern]) => policy[rule] && !pattern.test(text))?.[2];
  const reason =
    text.length < policy.minimum_length
      ? "Password not long enough"
      : missing && `Password must have ${missing} characters`;
  if (reason) throw new CognitoException("InvalidPasswordException", `Password did not conform with policy: ${reason}`);
}

/**
 * Checks a password and counts the wrong ones.
 * @throws NotAuthorizedException
 */
export const verifyPassword = (user: User, text: string, now: number): void =>
  verifyAttempt(user, now, user.password ? matches(user.password, text) : false);

/** The password is compared before the lock-out is looked at: the time of a response tells neither. */
export function verifyAttempt(user: User, now: number, right: boolean): void {
  if (isLockedOut(user.failures, now)) throw notAuthorized("Password attempts exceeded");
  user.failures = afterAttempt(user.failures, right, now);
  if (!right) throw wrongCredentials();
}

/** Takes the time of `verifyPassword`, for a user who does not exist. @throws NotAuthorizedException */
export function verifyNoPassword(text: string): never {
  digest(text, "");
  throw wrongCredentials();
}

const matches = ({ salt, hash }: Password, text: string) =>
  timingSafeEqual(digest(text, salt), Buffer.from(hash, "hex"));

import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { CognitoException, notAuthorized, wrongCredentials } from "./errors";
import type { LocalUserPool, PasswordPolicy } from "./local-user-pool";
import type { Password, User } from "./store";

/** Cheap on purpose: these are test users, and a sign-in must be quick. */
const digest = (text: string, salt: string) => scryptSync(text, salt, 32, { N: 1024 });

export function passwordOf(text: string, expiresAt?: number): Password {
  const salt = randomBytes(16).toString("hex");
  return { salt, hash: digest(text, salt).toString("hex"), ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** A password that must be changed at the first sign-in, within the pool's `temporary_password_validity_days`. */
export const temporaryPasswordOf = ({ passwordPolicy }: LocalUserPool, text: string, now: number): Password =>
  passwordOf(text, now + passwordPolicy.temporary_password_validity_days * 86_400_000);

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

const minute = 60_000;

/**
 * Checks a password and counts the wrong ones: from the fifth on, the user is locked out for 2^(n-5) seconds, at most
 * 15 minutes; a sign-in after that, or 15 quiet minutes, start the count anew. Attempts while locked out do not count.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior
 * @throws NotAuthorizedException
 */
export function verifyPassword(user: User, text: string, now: number): void {
  const { count, at } = user.failures;
  const pauseMs = count < 5 ? 0 : Math.min(2 ** (count - 5) * 1000, 15 * minute);
  if (now < at + pauseMs) throw notAuthorized("Password attempts exceeded");
  const right = user.password !== undefined && matches(user.password, text);
  const before = now - at > 15 * minute ? 0 : count;
  user.failures = { count: right ? 0 : before + 1, at: now };
  if (!right) throw wrongCredentials();
}

/** Takes the time of `verifyPassword`, for a user who does not exist. @throws NotAuthorizedException */
export function verifyNoPassword(text: string): never {
  passwordOf(text);
  throw wrongCredentials();
}

const matches = ({ salt, hash }: Password, text: string) =>
  timingSafeEqual(digest(text, salt), Buffer.from(hash, "hex"));

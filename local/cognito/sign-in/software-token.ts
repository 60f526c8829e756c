import { CognitoException, codeExpired, codeMismatch, notAuthorized } from "../errors";
import { afterAttempt, isLockedOut, noFailures } from "../lockout";
import type { Totp, User } from "../store";
import { recentSteps, stepOf } from "../totp";

/** Wrong codes that one session takes. */
const TRIES = 5;

interface Tries {
  used: boolean;
  misses?: number;
}

/**
 * Accepts a code of the user's authenticator app once.
 * @param session no longer valid after five wrong codes
 * @throws CodeMismatchException, ExpiredCodeException for a code that was used, NotAuthorizedException while locked out
 */
export function useSoftwareToken(user: User, session: Tries, code: string, now: number): void {
  const { totp } = user;
  if (!totp) {
    throw new CognitoException("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.");
  }
  if (isLockedOut(totp.failures, now)) throw notAuthorized("Invalid session for the user.");
  const step = stepOf(totp.secret, code, now);
  const right = step !== undefined && !totp.usedSteps.includes(step);
  totp.failures = afterAttempt(totp.failures, right, now);
  if (right) {
    totp.usedSteps = [...recentSteps(totp.usedSteps, now), step];
    return;
  }
  session.misses = (session.misses ?? 0) + 1;
  if (session.misses >= TRIES) session.used = true;
  if (step === undefined) throw codeMismatch("Invalid code received for user");
  throw codeExpired("Your software token has already been used once.");
}

/** The authenticator app that has proved with its first code that it holds the secret. */
export const totpOf = (secret: string, step: number, name: string | undefined): Totp => ({
  secret,
  name,
  usedSteps: [step],
  failures: noFailures,
});

/**
 * From the fifth failure on, the user is locked out for 2^(n-5) seconds, at most 15 minutes; a success, or 15 quiet minutes,
 * start the count anew. Attempts while locked out do not count.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior
 */
export interface Failures {
  readonly count: number;
  /** When the last one happened. */
  readonly at: number;
}

export const noFailures: Failures = { count: 0, at: 0 };

const LONGEST_MS = 15 * 60_000;

export function isLockedOut({ count, at }: Failures, now: number): boolean {
  const pauseMs = count < 5 ? 0 : Math.min(2 ** (count - 5) * 1000, LONGEST_MS);
  return now < at + pauseMs;
}

export const afterAttempt = ({ count, at }: Failures, succeeded: boolean, now: number): Failures => ({
  count: succeeded ? 0 : (now - at > LONGEST_MS ? 0 : count) + 1,
  at: now,
});

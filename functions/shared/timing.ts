/**
 * How long a handler waits for Cognito. A function that API Gateway gave up on, or that Lambda killed, cannot say what
 * went wrong; so every wait ends while the function still has time to answer. Synth checks both rules below.
 */

/** The function's own time-out in seconds, unless its row says otherwise. API Gateway stops waiting at 29. */
export const functionTimeoutSeconds = 10;

/** One attempt, from connecting to the last byte. An attempt and its one retry fit in the budget: 2 * 4000 < 9000. */
export const attemptMs = 4_000;

/** All calls of one invocation together. It ends before the function does: 9000 < 10 * 1000. */
export const budgetMs = 9_000;

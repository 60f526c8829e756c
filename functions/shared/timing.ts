/**
 * How long a handler waits for others. A function that Lambda stops, or that API Gateway no longer waits for, cannot send an
 * error response; so every wait ends while the function still has time to respond. Synth rejects a function whose time-out
 * is not longer than `budgetMs`; a test checks that two attempts fit in it.
 */

/** Milliseconds for one attempt of a request, from connecting to the last byte. */
export const attemptMs = 4_000;

/** Milliseconds for all requests of one invocation together, retries included. */
export const budgetMs = 9_000;

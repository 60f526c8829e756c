/** What both kinds of API tell browsers about cross-origin requests. */

/** Seconds that a browser may keep a preflight's answer. */
export const MAX_AGE_SECONDS = 600;

/** Request headers that a page may send. */
export const allowedHeaders = (tokenHeader: string): string[] => [
  ...["Content-Type", "Authorization"].filter((name) => name.toLowerCase() !== tokenHeader.toLowerCase()),
  tokenHeader,
];

/** Text that must not reach a log: secrets that the function has read, its credentials, tokens. */
const known = new Set<string>();

/** Remembers a secret, so that no logged message holds it. @returns the secret */
export function keepFromLog(secret: string): string {
  known.add(secret);
  return secret;
}

/** Parts of this length are unlikely to be equal by chance. */
const run = 8;
/** A shorter text is found in too many words. */
const shortest = 3;
const longestMessage = 1_000;
/** Characters of a request that are compared with a message. */
const longestRequest = 65_536;
const token = /eyJ[\w-]{6,}(\.[\w-]*)*/g;

/**
 * Replaces by `***` what a message of somebody else's code quotes from a secret or from the request: any eight characters in a row,
 * since such messages quote the beginning of a text, or its middle. A message is cut at 1,000 characters.
 * @param quoted the request's own values
 */
export function mask(message: string, quoted: readonly string[]): string {
  const { AWS_SECRET_ACCESS_KEY: key = "", AWS_SESSION_TOKEN: session = "" } = process.env;
  const secrets = [...known, key, session, ...quoted].filter(({ length }) => length >= shortest);
  if (secrets.reduce((sum, { length }) => sum + length, 0) > longestRequest) return "***";
  const text = message.slice(0, longestMessage).replace(token, "***");
  const hidden = new Set<number>();
  for (const secret of secrets) {
    const size = Math.min(run, secret.length);
    for (let at = 0; at + size <= text.length; at++) {
      if (secret.includes(text.slice(at, at + size))) for (let i = at; i < at + size; i++) hidden.add(i);
    }
  }
  return [...text.split("")]
    .map((char, at) => (hidden.has(at) ? "\0" : char))
    .join("")
    .replace(/\0+/g, "***");
}

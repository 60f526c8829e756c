import { customMessage } from "./custom-message";
import { CognitoException, codeExpired, codeMismatch } from "./errors";
import type { LocalUserPool } from "./local-user-pool";
import type { Context } from "./operation";
import { random } from "./random";
import type { User } from "./store";

export type Purpose = "sign-up" | "sign-in" | "password reset" | "attribute verification";

const minute = 60_000;
const hour = 60 * minute;
const lifetimes: Readonly<Record<Purpose, number>> = {
  "sign-up": 24 * hour,
  "sign-in": 3 * minute,
  "password reset": hour,
  "attribute verification": 24 * hour,
};
/** Cognito allows between 5 and 20 per hour, depending on its risk estimate. */
const limits = { sent: 20, wrong: 5 } as const;

/** Mails a new code to the user's address and voids the previous one. Does nothing for a user without an address. */
export async function sendCode(
  context: Context,
  { pool, user, clientId, source, clientMetadata = {} }: Recipient,
  purpose: Purpose,
) {
  const destination = user.attributes.email;
  if (!destination) return undefined;
  const now = context.now();
  limitAttempts(user, `${purpose} sent`, limits.sent, now);
  countAttempt(user, `${purpose} sent`, now);
  const code = random.code();
  user.codes[purpose] = { code, expiresAt: now + lifetimes[purpose] };
  const message = { username: user.username, destination, code, purpose };
  context.deliver({
    ...message,
    ...(await customMessage(context, pool, { user, clientId, source, clientMetadata }, code)),
  });
  return emailDelivery(destination);
}

/** Who gets a code, and the end of the custom message trigger's source: `SignUp`, `ForgotPassword`. */
export interface Recipient {
  readonly pool: LocalUserPool;
  readonly user: User;
  readonly clientId: string | undefined;
  readonly source: string;
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** The response of a sent code, for a user who does not exist: the caller must not learn so. */
export const simulatedDelivery = (username: string) =>
  emailDelivery(username.includes("@") ? username : `${username}@${username}`);

/** `ada@example.com` shows as `a***@e***`. */
const emailDelivery = (email: string) => {
  const [name = "", domain = ""] = email.split("@");
  const Destination = `${name.charAt(0)}***@${domain.charAt(0)}***`;
  return { Destination, DeliveryMedium: "EMAIL", AttributeName: "email" };
};

/**
 * Accepts a code once.
 * @throws CodeMismatchException, ExpiredCodeException, LimitExceededException
 */
export function useCode(user: User, purpose: Purpose, code: string, now: number): void {
  limitAttempts(user, `${purpose} wrong`, limits.wrong, now);
  const sent = user.codes[purpose];
  if (!sent) throw codeExpired();
  if (sent.code !== code) {
    countAttempt(user, `${purpose} wrong`, now);
    throw codeMismatch();
  }
  if (now >= sent.expiresAt) throw codeExpired();
  delete user.codes[purpose];
  delete user.attempts[`${purpose} wrong`];
}

function limitAttempts(user: User, what: string, limit: number, now: number): void {
  const recent = (user.attempts[what] ?? []).filter((at) => now - at < hour);
  user.attempts[what] = recent;
  if (recent.length < limit) return;
  throw new CognitoException("LimitExceededException", "Attempt limit exceeded, please try after some time.");
}

function countAttempt(user: User, what: string, now: number): void {
  user.attempts[what] = [...(user.attempts[what] ?? []), now];
}

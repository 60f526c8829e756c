/** What strangers send: requests to every public endpoint that takes a user name. */
import type { Client, Reply } from "../../support/client";

/** A session of another user, who has proved a password of their own. */
export interface OwnSession {
  readonly challenge_name: string;
  readonly session: string;
  readonly refresh_token: string;
}

const weak = "weak";
const strong = "Correct-Horse-8-Battery";
const code = "000000";
const noSession = "a-session-that-nobody-was-given";

const responses: Readonly<Record<string, object>> = {
  SOFTWARE_TOKEN_MFA: { SOFTWARE_TOKEN_MFA_CODE: code },
  EMAIL_OTP: { EMAIL_OTP_CODE: code },
  SMS_MFA: { SMS_MFA_CODE: code },
  SELECT_MFA_TYPE: { ANSWER: "SOFTWARE_TOKEN_MFA" },
  MFA_SETUP: { SOFTWARE_TOKEN_MFA_CODE: code },
  NEW_PASSWORD_REQUIRED: { NEW_PASSWORD: strong },
};

type StrangersRequest = readonly [
  name: string,
  path: string,
  body: (username: string, own: OwnSession) => Readonly<Record<string, unknown>>,
];

export const requests: readonly StrangersRequest[] = [
  ["login", "/user/login", (username) => ({ username, password: "Wrong-Password-1" })],
  ["login, short password", "/user/login", (username) => ({ username, password: "x" })],
  ["confirm-sign-up", "/user/confirm-sign-up", (username) => ({ username, code })],
  ["resend-code", "/user/resend-code", (username) => ({ username })],
  ["forgot-password", "/user/forgot-password", (username) => ({ username })],
  ["confirm-forgot-password", "/user/confirm-forgot-password", (username) => ({ username, code, password: strong })],
  [
    "confirm-forgot-password, weak password",
    "/user/confirm-forgot-password",
    (username) => ({ username, code, password: weak }),
  ],
  ["renewal", "/user/renew_refresh_token", (username) => ({ username, refresh_token: "a.b.c.d.e" })],
  [
    "renewal, another user's token",
    "/user/renew_refresh_token",
    (username, { refresh_token }) => ({ username, refresh_token }),
  ],
  ...Object.keys(responses).map(
    (challenge_name): StrangersRequest => [
      `challenge ${challenge_name}`,
      "/user/login/challenge",
      (username) => ({ username, session: noSession, challenge_name, responses: responses[challenge_name] }),
    ],
  ),
  [
    "challenge, another user's session",
    "/user/login/challenge",
    (username, { session, challenge_name }) => ({
      username,
      session,
      challenge_name,
      responses: responses[challenge_name],
    }),
  ],
];

const changing = ["date", "x-amzn-requestid", "x-amz-apigw-id", "apigw-requestid", "x-amzn-trace-id"];

/** What a caller sees, without what differs between any two requests. */
export const visible = ({ status, headers, body }: Reply): string =>
  JSON.stringify([status, [...headers].filter(([name]) => !changing.includes(name)), body]);

/** Sends all at a rate that the gateway does not throttle, and groups the senders by what they see. */
export async function respondedTo(
  client: Client,
  path: string,
  senders: Iterable<readonly [name: string, body: object]>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const seen = new Map<string, string[]>();
  for (const [name, body] of senders) {
    client.advance(1000);
    const text = visible(await client.post(path, body));
    seen.set(text, [...(seen.get(text) ?? []), name]);
  }
  return seen;
}

/** USER_SRP_AUTH and PASSWORD_VERIFIER: the password never leaves the client. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { invalidParameter, missingParameter, notAuthorized, userNotFound, wrongCredentials } from "../errors";
import { signingKeys } from "../keys";
import type { Client, LocalUserPool } from "../local-user-pool";
import type { Context } from "../operation";
import { poolNameOf, verifyAttempt } from "../password";
import { checkSecretHash } from "../secret-hash";
import { findSession, openSession } from "../sessions";
import { claimSignature, sessionKey, startExchange, type Verifier } from "../srp";
import type { User } from "../store";
import { findUser } from "../users";
import { afterPassword } from "./after-password";
import { type Parameters, preAuthentication } from "./by-password";

export async function startSrp(
  client: Client,
  { USERNAME, SRP_A, SECRET_HASH }: Parameters,
  metadata: Parameters,
  context: Context,
) {
  if (!USERNAME) throw missingParameter("USERNAME");
  if (!SRP_A) throw missingParameter("SRP_A");
  if (!/^[0-9a-f]{1,1536}$/i.test(SRP_A)) throw invalidParameter("SRP_A must be a hexadecimal number");
  checkSecretHash(client, [USERNAME], SECRET_HASH);
  const user = findUser(client.pool, USERNAME);
  await preAuthentication(context, client, user, USERNAME, metadata);
  if (!user && !client.protectsUserExistence) throw userNotFound();
  const verifier = verifierFor(client.pool, user, USERNAME);
  const exchange = startExchange(verifier);
  const session = openSession(client, user, "PASSWORD_VERIFIER", context.now(), { srp: { ...exchange, A: SRP_A } });
  const username = user?.username ?? simulatedId(client.pool, USERNAME);
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: verifier.salt,
      SECRET_BLOCK: Buffer.from(session, "base64url").toString("base64"),
      SRP_B: exchange.B,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

/** @throws NotAuthorizedException */
export async function verifySrp(client: Client, responses: Parameters, context: Context) {
  const { USERNAME, PASSWORD_CLAIM_SECRET_BLOCK, PASSWORD_CLAIM_SIGNATURE, TIMESTAMP, SECRET_HASH } = responses;
  if (!USERNAME) throw missingParameter("USERNAME");
  if (!PASSWORD_CLAIM_SECRET_BLOCK) throw missingParameter("PASSWORD_CLAIM_SECRET_BLOCK");
  if (!PASSWORD_CLAIM_SIGNATURE) throw missingParameter("PASSWORD_CLAIM_SIGNATURE");
  if (!TIMESTAMP) throw missingParameter("TIMESTAMP");
  const { pool } = client;
  const user = findUser(pool, USERNAME);
  checkSecretHash(client, user ? [user.username, user.sub] : [USERNAME], SECRET_HASH);
  const now = context.now();
  checkTimestamp(TIMESTAMP, now);
  const block = Buffer.from(PASSWORD_CLAIM_SECRET_BLOCK, "base64");
  const open = findSession(client, block.toString("base64url"), "PASSWORD_VERIFIER", now);
  if (!open.srp || open.sub !== (user?.sub ?? "")) throw wrongCredentials();
  open.used = true;
  const key = sessionKey(verifierFor(pool, user, USERNAME), open.srp, open.srp.A);
  const expected = key && claimSignature(key, poolNameOf(pool), user?.username ?? USERNAME, block, TIMESTAMP);
  const right = expected !== undefined && equal(expected, PASSWORD_CLAIM_SIGNATURE);
  if (!user) throw wrongCredentials();
  verifyAttempt(user, now, right);
  return afterPassword(context, client, user);
}

/** For a user who does not exist or has no password: a salt that stays the same, and a number that no password leads to. */
function verifierFor(pool: LocalUserPool, user: User | undefined, username: string): Verifier {
  if (user?.password?.verifier) return user.password.verifier;
  const salt = made(pool, "salt", username).slice(0, 32).replace(/^0/, "1");
  return { salt, v: made(pool, "verifier", username) };
}

/**
 * What stands for the name in the pool of a user who does not exist. Behind an address the pool's own name is another one:
 * AWS documents the same UUID for the same name each time.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
function simulatedId(pool: LocalUserPool, username: string): string {
  if (!username.includes("@")) return username;
  const hex = made(pool, "id", username);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(12, 15)}`,
    `a${hex.slice(15, 18)}`,
    hex.slice(18, 30),
  ];
  return parts.join("-");
}

/** The same text for a name each time, which nobody outside can compute. */
const made = (pool: LocalUserPool, purpose: string, username: string): string =>
  createHmac("sha256", signingKeys(pool.state).id.d ?? "")
    .update(`${purpose} ${username.toLowerCase()}`)
    .digest("hex");

const MAX_SKEW_MS = 5 * 60_000;
const timestampFormat = /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{2}:\d{2}:\d{2} UTC \d{4}$/;

/** `Tue Sep 5 00:09:40 UTC 2026`, no more than five minutes off. */
function checkTimestamp(text: string, now: number): void {
  const time = Date.parse(text);
  if (!timestampFormat.test(text) || Number.isNaN(time)) {
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  }
  if (Math.abs(time - now) > MAX_SKEW_MS) throw notAuthorized("Invalid timestamp.");
}

const equal = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

import type { JWK } from "jose";
import type { ClientSecret } from "./client-secrets";
import type { Group } from "./local-user-pool";
import type { Failures } from "./lockout";
import type { Exchange, Verifier } from "./srp";

/** Times are milliseconds since 1970 everywhere in the store. */
export interface User {
  readonly sub: string;
  readonly username: string;
  readonly createdAt: number;
  modifiedAt: number;
  status: "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED";
  enabled: boolean;
  /** All but `sub`, as the strings that Cognito keeps. */
  attributes: Record<string, string>;
  groups: string[];
  password?: Password;
  /** The last code sent for each purpose. */
  codes: Record<string, { code: string; expiresAt: number }>;
  /** Times of rate-limited attempts within the last hour. */
  attempts: Record<string, number[]>;
  /** Consecutive wrong passwords. */
  failures: Failures;
  /** The authenticator app that AssociateSoftwareToken gave a secret to, and one that a later call may replace it with. */
  totp?: Totp;
  pendingTotp?: string;
  /** Wrong first codes of it. */
  setupFailures?: Failures;
  /** Second factors that the user has turned on. */
  mfa?: { readonly methods: readonly MfaMethod[]; readonly preferred?: MfaMethod };
}

export type MfaMethod = "SOFTWARE_TOKEN_MFA" | "EMAIL_OTP";

export interface Totp {
  /** In base32. */
  readonly secret: string;
  readonly name: string | undefined;
  /** Time steps whose codes are used up. */
  usedSteps: number[];
  failures: Failures;
}

export interface Password {
  readonly salt: string;
  readonly hash: string;
  /** For sign-in by SRP. Users of a store from before have none until their next sign-in by password. */
  readonly verifier?: Verifier;
  /** Set on a temporary password: when it stops working. */
  readonly expiresAt?: number;
}

/** One sign-in; its key is the tokens' `origin_jti`. */
export interface Login {
  readonly sub: string;
  readonly clientId: string;
  readonly at: number;
  readonly expiresAt: number;
  revoked: boolean;
}

export interface RefreshToken {
  readonly originJti: string;
  /** When rotation put a newer token in its place. */
  replacedAt?: number;
}

/** One challenge of CUSTOM_AUTH, in the names of the triggers' events. */
export interface ChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

export interface Session {
  /** Of a custom challenge. */
  readonly custom?: {
    readonly results: readonly ChallengeResult[];
    readonly privateParameters: Readonly<Record<string, string>>;
    readonly metadata: string | undefined;
  };
  /** Of PASSWORD_VERIFIER: the server's side of the exchange, and the client's public number. */
  readonly srp?: Exchange & { readonly A: string };
  /** Of MFA_SETUP: whether a code of the new authenticator app was right. */
  verified?: boolean;
  /** Wrong codes so far. */
  misses?: number;
  readonly sub: string;
  readonly clientId: string;
  readonly challenge: string;
  readonly expiresAt: number;
  used: boolean;
}

/** The state of one pool: plain data, so that it survives a reload and can be written to a file. */
export interface PoolState {
  /** By sub. */
  readonly users: Record<string, User>;
  readonly logins: Record<string, Login>;
  readonly refreshTokens: Record<string, RefreshToken>;
  readonly sessions: Record<string, Session>;
  /** Of CreateGroup, by name. */
  groups?: Record<string, Group>;
  /** By client id, once AddUserPoolClientSecret has changed them; oldest first. */
  clientSecrets?: Record<string, readonly ClientSecret[]>;
  /** Private keys. Made when first needed. */
  keys?: { readonly id: JWK; readonly access: JWK };
}

/** By pool id. */
export type Store = Record<string, PoolState>;

export const emptyPoolState = (): PoolState => ({
  users: {},
  logins: {},
  refreshTokens: {},
  sessions: {},
});

/** `record[key]`, own properties only: a caller may send the token `constructor`. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

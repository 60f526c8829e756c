import type { JWK } from "jose";

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
  /** Consecutive wrong passwords, and when the last one was entered. */
  failures: { count: number; at: number };
}

export interface Password {
  readonly salt: string;
  readonly hash: string;
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

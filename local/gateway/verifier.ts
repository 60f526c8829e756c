import { compactVerify, createLocalJWKSet, type JWK } from "jose";
import { claimStrings } from "./claims";

export interface Token {
  readonly payload: Readonly<Record<string, unknown>>;
  /** The payload as a function sees it. */
  readonly claims: Readonly<Record<string, string>>;
}

/** The public keys of a pool, by its id; undefined if there is no such pool. */
export type Jwks = (poolId: string) => { readonly keys: JWK[] } | undefined;

/** Signatures remembered at a time. A signature stays good, so only what may change is checked again: key and expiry. */
const REMEMBERED = 1000;

/**
 * Checks a token's signature: RS256 only, by the key of the pool that `kid` names. What the token says is not checked
 * here. Resolves to undefined for anything that is not such a token.
 */
export function createVerifier(jwks: Jwks): (token: string, poolId: string) => Promise<Token | undefined> {
  const verified = new Map<string, Token & { readonly kid: unknown }>();
  return async (token, poolId) => {
    const keys = jwks(poolId);
    if (!keys) return undefined;
    const id = `${poolId}/${token}`;
    const known = verified.get(id);
    if (known && keys.keys.some((key) => key.kid === known.kid)) return known;
    const fresh = await verify(token, keys);
    if (!fresh) return undefined;
    for (const oldest of verified.keys()) {
      if (verified.size < REMEMBERED) break;
      verified.delete(oldest);
    }
    verified.set(id, fresh);
    return fresh;
  };
}

async function verify(token: string, jwks: { readonly keys: JWK[] }) {
  try {
    const keys = createLocalJWKSet(jwks);
    const { payload, protectedHeader } = await compactVerify(token, keys, { algorithms: ["RS256"] });
    const json: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (typeof json !== "object" || json === null || protectedHeader.kid === undefined) return undefined;
    return { payload: { ...json }, claims: claimStrings({ ...json }), kid: protectedHeader.kid };
  } catch {
    // Whatever is wrong with a token, its bearer learns only that it does not count.
    return undefined;
  }
}

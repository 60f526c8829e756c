import { compactVerify, createLocalJWKSet, type JWK } from "jose";
import { claimStrings } from "./claims";

export interface Token {
  readonly payload: Readonly<Record<string, unknown>>;
  /** The payload as a function sees it. */
  readonly claims: Readonly<Record<string, string>>;
}

/** The public keys of a pool, by its id; undefined if there is no such pool. */
export type Jwks = (poolId: string) => { readonly keys: JWK[] } | undefined;

/** Verified tokens that are cached. A signature stays valid; key and expiry are checked again. */
const REMEMBERED = 1000;

/**
 * Checks a token's signature: RS256 only, by the key that `kid` names of the pool that `poolId` gives for the token's
 * issuer. The caller checks the claims. Undefined for anything else.
 */
export type Verifier = (token: string, poolId: (issuer: unknown) => string | undefined) => Promise<Token | undefined>;

export function createVerifier(jwks: Jwks): Verifier {
  const verified = new Map<string, Token & { readonly kid: unknown }>();
  return async (token, poolId) => {
    const known = verified.get(token);
    const pool = poolId(known ? known.payload.iss : unverifiedIssuer(token));
    const keys = pool === undefined ? undefined : jwks(pool);
    if (!keys) return undefined;
    if (known && keys.keys.some((key) => key.kid === known.kid)) return known;
    const fresh = await verify(token, keys);
    if (!fresh) return undefined;
    for (const oldest of verified.keys()) {
      if (verified.size < REMEMBERED) break;
      verified.delete(oldest);
    }
    verified.set(token, fresh);
    return fresh;
  };
}

/** Selects the pool whose keys verify the token; nothing else relies on it. */
function unverifiedIssuer(token: string): unknown {
  try {
    const json: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return typeof json === "object" && json !== null && "iss" in json ? json.iss : undefined;
  } catch {
    return undefined;
  }
}

async function verify(token: string, jwks: { readonly keys: JWK[] }) {
  try {
    const keys = createLocalJWKSet(jwks);
    const { payload, protectedHeader } = await compactVerify(token, keys, { algorithms: ["RS256"] });
    const json: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (typeof json !== "object" || json === null || protectedHeader.kid === undefined) return undefined;
    return { payload: { ...json }, claims: claimStrings({ ...json }), kid: protectedHeader.kid };
  } catch {
    // The response does not say what is wrong with a token.
    return undefined;
  }
}

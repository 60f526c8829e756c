import { createPrivateKey, type KeyObject } from "node:crypto";
import type { JWK } from "jose";
import { random } from "./random";
import type { PoolState } from "./store";

/** The pool's private keys: as on AWS, one signs id tokens and another access tokens. */
export function signingKeys(state: PoolState): { readonly id: JWK; readonly access: JWK } {
  state.keys ??= { id: random.key(), access: random.key() };
  return state.keys;
}

/** The public keys, as served at `/<pool id>/.well-known/jwks.json`. */
export function publicKeys(state: PoolState): { keys: JWK[] } {
  const { id, access } = signingKeys(state);
  const keys = [id, access].map(({ alg = "", e = "", kid = "", kty = "", n = "", use = "" }) => ({
    alg,
    e,
    kid,
    kty,
    n,
    use,
  }));
  return { keys };
}

const parsed = new WeakMap<JWK, KeyObject>();

/** Parsing a key costs more than signing with it, so each is parsed once. */
export function keyObject(jwk: JWK): KeyObject {
  const key = parsed.get(jwk) ?? createPrivateKey({ key: { ...jwk }, format: "jwk" });
  parsed.set(jwk, key);
  return key;
}

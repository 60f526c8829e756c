/** RSA keys are slow to generate: two are shared by all test files. */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { JWK } from "jose";

interface Keys {
  readonly id: JWK;
  readonly access: JWK;
}

/** Generated once per run, by `run-start.ts`. */
export const keys: Keys = JSON.parse(process.env.TEST_KEYS ?? "{}");

export interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
export function pairOf(jwk: JWK): Pair {
  const privateKey = createPrivateKey({ key: { ...jwk }, format: "jwk" });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

async function newKey(kid: string): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" };
}

export async function makeKeys(): Promise<Keys> {
  const [id, access] = await Promise.all([newKey("id-key"), newKey("access-key")]);
  return { id, access };
}

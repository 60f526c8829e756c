/** RSA keys are slow to make: two, made once for all test files, serve every test that is not about their making. */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { JWK } from "jose";

interface Keys {
  readonly id: JWK;
  readonly access: JWK;
}

/** What `makeKeys` has made. */
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

/** jest calls this once, before it starts its workers: they inherit the environment. */
export default async function makeKeys(): Promise<void> {
  const [id, access] = await Promise.all([newKey("id-key"), newKey("access-key")]);
  process.env.TEST_KEYS = JSON.stringify({ id, access } satisfies Keys);
}

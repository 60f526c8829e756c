import { generateKeyPairSync, randomBytes, randomInt, randomUUID } from "node:crypto";
import type { JWK } from "jose";
import { encodeBase32 } from "./totp";

const alphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";
const pick = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** Every source of randomness, in one object that tests can replace. */
export const random = {
  uuid: (): string => randomUUID(),
  /** Six digits, as Cognito mails them. */
  code: () => pick("0123456789", 6),
  /** `bytes` random bytes as base64url. */
  token: (bytes: number) => randomBytes(bytes).toString("base64url"),
  /** `bytes` random bytes in base32. */
  base32: (bytes: number) => encodeBase32(randomBytes(bytes)),
  /** An app client's secret, of the length that Cognito generates. */
  clientSecret: () => pick(alphanumerics, 51),
  /** A temporary password that meets every character rule. */
  password: (length: number) => `${pick(alphanumerics, Math.max(length, 8) - 4)}aA1!`,
  /** A private 2048-bit RSA key. Takes about 100 ms. */
  key: (): JWK => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    return {
      ...privateKey.export({ format: "jwk" }),
      kid: randomBytes(32).toString("base64"),
      alg: "RS256",
      use: "sig",
    };
  },
};

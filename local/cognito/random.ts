import { generateKeyPairSync, randomBytes, randomInt, randomUUID } from "node:crypto";
import type { JWK } from "jose";

const alphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";
const pick = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** Everything here that is not decided by its input, in one object so that tests can replace it. */
export const random = {
  uuid: (): string => randomUUID(),
  /** Six digits, as Cognito mails them. */
  code: () => pick("0123456789", 6),
  /** `bytes` random bytes as base64url. */
  token: (bytes: number) => randomBytes(bytes).toString("base64url"),
  /** A temporary password: meets every password policy whose length it meets. */
  password: (length: number) => `${pick(alphanumerics, Math.max(length, 8) - 4)}aA1!`,
  /** A private 2048-bit RSA key. Takes some 100 ms of the thread. */
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

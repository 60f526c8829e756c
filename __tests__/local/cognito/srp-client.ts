/** The client's side of SRP, written from RFC 5054 and the documentation of PASSWORD_VERIFIER: it shares no code with the server. */
import { createHash, createHmac, getDiffieHellman, randomBytes } from "node:crypto";

const prime = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);
const hex = (value: bigint | string) => {
  const digits = typeof value === "string" ? value : value.toString(16);
  const even = digits.length % 2 ? `0${digits}` : digits;
  return Buffer.from(Number.parseInt(even.charAt(0), 16) >= 8 ? `00${even}` : even, "hex");
};
const hash = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest("hex");
const int = (text: string) => BigInt(`0x${text}`);
const modulo = (value: bigint) => ((value % prime) + prime) % prime;
const raise = (base: bigint, exponent: bigint): bigint => {
  if (exponent === 0n) return 1n;
  const half = raise(base, exponent / 2n);
  return modulo(half * half * (exponent % 2n ? base : 1n));
};

export interface Challenge {
  readonly SALT: string;
  readonly SRP_B: string;
  readonly SECRET_BLOCK: string;
  readonly USER_ID_FOR_SRP: string;
}

export function srpClient(poolName: string) {
  const a = int(randomBytes(48).toString("hex"));
  const A = raise(2n, a);
  return {
    SRP_A: A.toString(16),
    /** The responses to PASSWORD_VERIFIER. */
    claim(challenge: Challenge, password: string, at: number) {
      const { SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP: user } = challenge;
      const k = int(hash(hex(prime), hex("02")));
      const u = int(hash(hex(A), hex(SRP_B)));
      const inner = createHash("sha256").update(`${poolName}${user}:${password}`).digest();
      const x = int(hash(hex(SALT), inner));
      const S = raise(modulo(int(SRP_B) - k * raise(2n, x)), a + u * x);
      const extracted = createHmac("sha256", hex(u)).update(hex(S)).digest();
      const key = createHmac("sha256", extracted)
        .update(Buffer.concat([Buffer.from("Caldera Derived Key"), Buffer.from([1])]))
        .digest()
        .subarray(0, 16);
      const date = new Date(at);
      const words = date.toUTCString().replaceAll(",", "").split(" ");
      const TIMESTAMP = `${words[0]} ${words[2]} ${date.getUTCDate()} ${words[4]} UTC ${words[3]}`;
      const message = Buffer.concat([
        Buffer.from(poolName + user),
        Buffer.from(SECRET_BLOCK, "base64"),
        Buffer.from(TIMESTAMP),
      ]);
      return {
        USERNAME: user,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: createHmac("sha256", key).update(message).digest("base64"),
        TIMESTAMP,
      };
    },
  };
}

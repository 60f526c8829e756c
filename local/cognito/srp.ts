/**
 * The server's side of SRP-6a (RFC 5054, section 2.5) as Cognito's clients compute it: the 3072-bit group, SHA-256, numbers hashed as
 * signed big-endian bytes, the pool's and the user's name together as identity, and a session key of 16 bytes by HKDF.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";

/** RFC 3526, group 15. */
const N = BigInt(
  `0x${[
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B",
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6",
    "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D",
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718",
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D",
    "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
  ].join("")}`,
);
const g = 2n;

/** What the server keeps instead of the password. */
export interface Verifier {
  /** Hexadecimal, as all numbers here. */
  readonly salt: string;
  readonly v: string;
}

/** @param poolName the part of the pool's id behind the `_` */
export function verifierOf(poolName: string, username: string, password: string, random = randomHex(16)): Verifier {
  // Some clients read the salt as a number and some as bytes: without leading zeros both read the same.
  const salt = number(random).toString(16);
  const identity = sha256(Buffer.from(`${poolName}${username}:${password}`));
  const x = number(sha256(Buffer.concat([signed(number(salt)), identity])).toString("hex"));
  return { salt, v: power(g, x).toString(16) };
}

export interface Exchange {
  /** The server's secret exponent. */
  readonly b: string;
  /** The server's public number. */
  readonly B: string;
}

export function startExchange({ v }: Verifier): Exchange {
  const b = randomHex(32);
  return { b, B: ((multiplier * number(v) + power(g, number(b))) % N).toString(16) };
}

/** The key of both sides; undefined for a number of the client that would make it independent of the password (RFC 5054, 2.5.4). */
export function sessionKey({ v }: Verifier, { b, B }: Exchange, clientA: string): Buffer | undefined {
  const A = number(clientA);
  if (A % N === 0n) return undefined;
  const u = number(sha256(Buffer.concat([signed(A), signed(number(B))])).toString("hex"));
  const S = power(A * power(number(v), u), number(b));
  const pseudorandom = createHmac("sha256", signed(u)).update(signed(S)).digest();
  return createHmac("sha256", pseudorandom).update("Caldera Derived Key\u0001").digest().subarray(0, 16);
}

/** What a client that knows the password sends as PASSWORD_CLAIM_SIGNATURE. */
export const claimSignature = (
  key: Buffer,
  poolName: string,
  username: string,
  block: Buffer,
  timestamp: string,
): string =>
  createHmac("sha256", key).update(`${poolName}${username}`).update(block).update(timestamp).digest("base64");

const number = (hex: string): bigint => BigInt(`0x${hex}`);
const randomHex = (bytes: number) => randomBytes(bytes).toString("hex");
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest();

/** Bytes of a positive number in two's complement: a leading zero byte keeps the sign. */
function signed(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

const multiplier = number(sha256(Buffer.concat([signed(N), signed(g)])).toString("hex"));

import { createHmac } from "node:crypto";

/** An authenticator app, written from RFC 6238: it shares no code with the local Cognito. */
export function appCode(secret: string, at: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = 0n;
  for (const letter of secret) bits = bits * 32n + BigInt(letters.indexOf(letter));
  const length = Math.floor((secret.length * 5) / 8);
  const key = Buffer.from((bits >> BigInt((secret.length * 5) % 8)).toString(16).padStart(length * 2, "0"), "hex");
  const counter = Buffer.from(
    Math.floor(at / 30_000)
      .toString(16)
      .padStart(16, "0"),
    "hex",
  );
  const mac = createHmac("sha1", key).update(counter).digest();
  const part = mac.readUInt32BE((mac.at(-1) ?? 0) % 16) % 2 ** 31;
  return String(part).slice(-6).padStart(6, "0");
}

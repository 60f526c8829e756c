/** SHA-256 by WebCrypto: loaded on first use, while importing `node:crypto` would lengthen every cold start. */

const utf8 = new TextEncoder();
const algorithm = { name: "HMAC", hash: "SHA-256" };

export const sha256 = async (text: string): Promise<Buffer> =>
  Buffer.from(await crypto.subtle.digest("SHA-256", utf8.encode(text)));

export async function hmacSha256(key: string | Buffer, text: string): Promise<Buffer> {
  const bytes = typeof key === "string" ? utf8.encode(key) : key;
  const imported = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  return Buffer.from(await crypto.subtle.sign("HMAC", imported, utf8.encode(text)));
}

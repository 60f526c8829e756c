import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError } from "./aws-error";
import type { AwsRequest } from "./aws-request";

const hash = (algorithm: string) => (body: Buffer) => createHash(algorithm).update(body).digest("base64");

/** Checksums by their header; those of an upload in chunks are verified by the emulator. */
const CHECKSUMS: Readonly<Record<string, (body: Buffer) => string>> = {
  "x-amz-checksum-crc32": (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString("base64");
  },
  "x-amz-checksum-sha1": hash("sha1"),
  "x-amz-checksum-sha256": hash("sha256"),
};

/**
 * S3 compares an upload with the checksum in its headers or its presigned URL. The JavaScript SDK presigns the one of an empty body, unless
 * the client has `requestChecksumCalculation: "WHEN_REQUIRED"`: https://github.com/aws/aws-sdk-js-v3/issues/6994
 * @throws AwsError BadDigest
 */
export function checkChecksum({ method, headers, query, body }: AwsRequest): void {
  if (method !== "PUT" || /^STREAMING-/.test(String(headers["x-amz-content-sha256"]))) return;
  for (const [name, checksum] of Object.entries(CHECKSUMS)) {
    const declared = headers[name] ?? query.get(name);
    if (typeof declared !== "string" || declared === checksum(body)) continue;
    const algorithm = name.split("-").at(-1)?.toUpperCase();
    throw new AwsError("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}

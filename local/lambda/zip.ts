/** Reads zip archives: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { inflateRawSync } from "node:zlib";

export interface ZipEntry {
  /** With slashes, relative to the archive's root. */
  readonly path: string;
  content(): Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
/** The end of the directory may be followed by a comment of this length. */
const MAX_COMMENT_BYTES = 65_535;
const [STORED, DEFLATED] = [0, 8];
/** Lambda's limit for the unzipped code, in bytes: 250 MB. */
const MAX_BYTES = 262_144_000;

/**
 * The files of an archive.
 * @throws Error for what is no zip archive, or one that Lambda does not take either
 */
export function readZip(zip: Buffer): ZipEntry[] {
  const end = endOfDirectory(zip);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  let total = 0;
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error("the archive's directory is damaged");
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const path = zip.toString("utf8", at + 46, at + 46 + name);
    const header = at;
    total += zip.readUInt32LE(at + 24);
    if (total > MAX_BYTES) throw new Error(`the archive holds more than ${MAX_BYTES} bytes`);
    if (isUnsafe(path)) throw new Error(`the archive holds ${JSON.stringify(path)}, outside of itself`);
    if (!path.endsWith("/")) entries.push({ path, content: () => contentOf(zip, header) });
    at += 46 + name + extra + comment;
  }
  return entries;
}

function endOfDirectory(zip: Buffer): number {
  for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - END_BYTES - MAX_COMMENT_BYTES); at--) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error("the file is no zip archive");
}

const isUnsafe = (path: string) => /^[/\\]|^[A-Za-z]:|\0/.test(path) || path.split(/[/\\]/).includes("..");

function contentOf(zip: Buffer, header: number): Buffer {
  const method = zip.readUInt16LE(header + 10);
  const [packed, size, local] = [20, 24, 42].map((offset) => zip.readUInt32LE(header + offset)) as [
    number,
    number,
    number,
  ];
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(from, from + packed);
  if (method === STORED) return data;
  if (method === DEFLATED) return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  throw new Error(`the archive uses compression method ${method}, which Lambda does not read`);
}

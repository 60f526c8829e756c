/** What bundles were made from, kept beside them: as long as all of it is the same, nothing has to be built again. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Contents by path, relative to the stack's folder: `functions/login/index.mjs` and its source map, ... */
export type Bundles = ReadonlyMap<string, Uint8Array>;

/** File name of the record, in the stack's folder. */
export const RECORD = "bundles.json";

interface BuildRecord {
  /** What tells one way of building from another: esbuild's version and options, the entries. */
  readonly how: string;
  /** Hashes of what was read: files and names in folders, by path relative to the project root. */
  readonly from: Hashes;
  /** Hashes of what was made, by path relative to the stack's folder. */
  readonly made: Hashes;
}
type Hashes = Readonly<{ [path: string]: string }>;

const LIBRARY = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** How far a file system's time may be behind the clock, in ms. */
const BEHIND = 50;

/**
 * @param sources files that the build has read, relative to the project root
 * @param began when the build began, in ms since 1970
 * @returns undefined when a source was written since then: nobody knows which text the build saw
 */
export function recordOf(
  projectRoot: string,
  how: string,
  sources: readonly string[],
  bundles: Bundles,
  began: number,
): Uint8Array | undefined {
  if (sources.some((path) => statSync(join(projectRoot, path)).mtimeMs > began - BEHIND)) return undefined;
  // A new file can take another's place in its folder, a new version of a library in the library's package.json.
  const places = sources.map((path) => {
    const library = LIBRARY.exec(path)?.[1];
    return library === undefined ? dirname(path) : `${library}/package.json`;
  });
  const read = [...new Set([...sources, ...places])].sort();
  const record: BuildRecord = {
    how,
    from: Object.fromEntries(read.map((path) => [path, hashAt(join(projectRoot, path))])),
    made: Object.fromEntries([...bundles].map(([path, contents]) => [path, hash(contents)])),
  };
  return Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
}

/** @returns the bundles in `folder` with their record, or undefined when a build would make others */
export function recorded(projectRoot: string, how: string, folder: string): Bundles | undefined {
  try {
    const text = readFileSync(join(folder, RECORD));
    const record = JSON.parse(text.toString()) as BuildRecord;
    const bundles = new Map<string, Uint8Array>(
      Object.keys(record.made).map((path) => [path, readFileSync(join(folder, path))]),
    );
    const same =
      record.how === how &&
      Object.entries(record.from).every(([path, before]) => hashAt(join(projectRoot, path)) === before) &&
      [...bundles].every(([path, contents]) => hash(contents) === record.made[path]);
    return same ? bundles.set(RECORD, text) : undefined;
  } catch {
    return undefined; // something is missing, or no record of ours
  }
}

const hash = (contents: string | Uint8Array) => createHash("sha256").update(contents).digest("hex");

/** Of a file's contents, or of the names in a folder. @throws Error when there is neither */
function hashAt(path: string): string {
  try {
    return hash(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EISDIR") throw error;
    return hash(readdirSync(path).sort().join("\n"));
  }
}

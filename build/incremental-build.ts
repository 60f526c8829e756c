/**
 * Builds only handlers whose sources changed since the last synth. The other bundles are those that it wrote. See
 * docs/decisions/0011-unchanged-bundles.md.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Build, type Bundles, build } from "./bundle";
import { bundleFolder } from "./bundle-folder";

/** Of the last synth. Every value follows from the contents of files. */
interface BuildRecord {
  /** Hash of what builds: esbuild, this folder, the project's lock file. */
  readonly tools: string;
  readonly external: readonly string[];
  readonly entries: Readonly<Record<string, RecordedEntry>>;
}

interface RecordedEntry {
  /** Source files relative to the project root, their folders, and the `package.json` of each package. */
  readonly inputs: readonly string[];
  /** Hash of the inputs. */
  readonly sources: string;
  /** Hash of bundle and source map. */
  readonly outputs: string;
}

export interface IncrementalBuild {
  /** External packages of the last synth: those of this one, most likely. */
  readonly external: readonly string[];
  /** As `bundle`. */
  run(entries: readonly string[], external: readonly string[]): Promise<Bundles>;
  /** Records the last run, once its bundles are written. */
  save(): void;
}

/**
 * @param folder the stack's folder
 * @param file of the record: without it, everything is built
 */
export function incrementalBuild(projectRoot: string, folder: string, file: string): IncrementalBuild {
  const tools = hashTools(projectRoot);
  const last = readRecord(file, tools);
  let next = last;
  return {
    external: last.external,
    async run(entries, external) {
      const sourceHash = hashesOnDisk(projectRoot);
      const reusable = external.join() === last.external.join() ? last.entries : {};
      const recorded = new Map<string, RecordedEntry>();
      const bundles = new Map<string, Uint8Array>();
      for (const entry of entries) {
        const found = reusable[entry];
        if (!found || hashAll(found.inputs.map(sourceHash)) !== found.sources) continue;
        const outputs = outputsOf(entry).map((path) => [path, read(join(folder, path))] as const);
        if (hashAll(outputs.map(([, contents]) => hash(contents))) !== found.outputs) continue;
        recorded.set(entry, found);
        for (const [path, contents] of outputs) bundles.set(path, contents);
      }
      const changed = entries.filter((entry) => !recorded.has(entry));
      const built = changed.length > 0 ? await build(projectRoot, changed, external) : NOTHING;
      for (const [path, contents] of built.bundles) bundles.set(path, contents);
      for (const [entry, sources] of built.inputs) {
        // Of other files it is not known whether they are still as esbuild read them.
        if (![...sources].every(([path, known]) => known !== undefined || isOfPackage(path))) continue;
        const inputs = [...new Set([...sources.keys()].flatMap((path) => [path, beside(path)]))];
        recorded.set(entry, {
          inputs,
          sources: hashAll(inputs.map((path) => sources.get(path) ?? sourceHash(path))),
          outputs: hashAll(outputsOf(entry).map((path) => hash(built.bundles.get(path) ?? ""))),
        });
      }
      next = { tools, external, entries: Object.fromEntries(recorded) };
      return bundles;
    },
    save() {
      writeFileSync(file, JSON.stringify(next));
    },
  };
}

const NOTHING: Build = { bundles: new Map(), inputs: new Map() };

function readRecord(file: string, tools: string): BuildRecord {
  const nothing = { tools, external: [], entries: {} };
  if (!existsSync(file)) return nothing;
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as BuildRecord;
    return record.tools === tools ? record : nothing;
  } catch {
    return nothing; // the process ended while it wrote
  }
}

const outputsOf = (entry: string) => ["index.mjs", "index.mjs.map"].map((name) => `${bundleFolder(entry)}/${name}`);

const isOfPackage = (path: string) => path.includes("node_modules/");

/** What decides which file an import finds: the package's `package.json`, or the names in the file's folder. */
function beside(path: string): string {
  const [folder] = /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
  return folder ? `${folder}/package.json` : dirname(path);
}

const hash = (contents: Uint8Array | string) => createHash("sha256").update(contents).digest("hex");
const hashAll = (hashes: readonly string[]) => hash(hashes.join("\n"));

/** @returns hashes of files, and of the names in a folder, each read once */
function hashesOnDisk(projectRoot: string): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    const found = known.get(path) ?? hash(read(join(projectRoot, path)));
    known.set(path, found);
    return found;
  };
}

/** A file's contents, or a folder's names. What does not exist is empty. */
function read(path: string): Uint8Array {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return Buffer.from(readdirSync(path).sort().join("\n"));
  return stats ? readFileSync(path) : Buffer.of();
}

function hashTools(projectRoot: string): string {
  const own = readdirSync(__dirname).map((name) => join(__dirname, name));
  const files = [...own.sort(), require.resolve("esbuild/package.json"), join(projectRoot, "package-lock.json")];
  return hashAll(files.map((file) => hash(read(file))));
}

/** The handlers' code: all entries in one esbuild run, the same bytes on any machine and in any folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuildOptions, build, version } from "esbuild";
import { type Bundles, RECORD, recorded, recordOf } from "./bundle-record";

export type { Bundles } from "./bundle-record";

const OPTIONS = {
  outExtension: { ".js": ".mjs" },
  bundle: true,
  minify: true,
  sourcemap: "linked",
  sourcesContent: false, // a stack trace needs positions only; the texts, libraries included, would fill the zip
  format: "esm",
  platform: "node",
  target: "node20",
  legalComments: "none",
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
} as const satisfies BuildOptions;

/** `functions/login` for `functions/login.ts`: the bundle's folder, relative to the stack's folder. */
export const bundleFolder = (entry: string): string => entry.replace(/\.ts$/, "");

/**
 * Builds every entry to a minified ES module with its source map beside it. Nothing is written yet, and esbuild works
 * in a process of its own: what the caller does before it awaits the result costs no extra time.
 *
 * @param projectRoot absolute path that entries are relative to; it leaves no trace in the output
 * @param entries TypeScript files that export `handler`: `functions/login.ts`
 * @param folder where the last bundles were written, if any: they are taken as they are when a build would make the same
 * @returns the bundles, and their record
 * @throws Error that names each file that is missing, does not compile or exports no `handler`
 */
export function bundle(projectRoot: string, entries: readonly string[], folder?: string): Promise<Bundles> {
  const how = JSON.stringify([version, OPTIONS, entries]);
  const last = folder === undefined ? undefined : recorded(projectRoot, how, folder);
  if (last) return Promise.resolve(last);
  const building = buildAll(projectRoot, entries, how);
  // Whoever fails before awaiting it has said why; nobody is to hear of this one then.
  building.catch(() => {});
  return building;
}

async function buildAll(projectRoot: string, entries: readonly string[], how: string): Promise<Bundles> {
  const missing = entries.filter((entry) => !existsSync(join(projectRoot, entry)));
  if (missing.length > 0) {
    throw new Error(`${missing.join(", ")}: a function's file must exist and export \`handler\`, got none`);
  }
  // This folder only fixes how source maps name their sources, wherever the output goes.
  const outdir = join(projectRoot, "bundle");
  const began = Date.now();
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: entries.map((entry) => ({ in: entry, out: `${bundleFolder(entry)}/index` })),
    outdir,
    ...OPTIONS,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const without = entries.filter(
    (entry) => !metafile.outputs[`bundle/${bundleFolder(entry)}/index.mjs`]?.exports.includes("handler"),
  );
  if (without.length > 0) throw new Error(`${without.join(", ")}: a function's file must export \`handler\`, got none`);
  const bundles = new Map(
    outputFiles.map((file) => [file.path.slice(outdir.length + 1).replaceAll("\\", "/"), file.contents]),
  );
  const record = recordOf(projectRoot, how, Object.keys(metafile.inputs), bundles, began);
  return record ? bundles.set(RECORD, record) : bundles;
}

/**
 * Puts bundles where the stack expects them, and removes those that it no longer has. A file that has not changed
 * is not touched; nothing else in the folder is.
 *
 * @param folder the stack's folder, the one with `cdk.tf.json`
 */
export function writeBundles(folder: string, bundles: Bundles): void {
  for (const [path, contents] of bundles) {
    const file = join(folder, path);
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  const kept = new Set([...bundles.keys()].filter((path) => path !== RECORD).map(dirname));
  for (const parent of new Set([...kept].map(dirname))) {
    for (const name of readdirSync(join(folder, parent))) {
      if (!kept.has(`${parent}/${name}`)) rmSync(join(folder, parent, name), { recursive: true });
    }
  }
}

/** Builds the handlers in one esbuild run. The output is the same on every machine and in every folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { bundleFolder } from "./bundle-folder";

/** File contents by path relative to the stack's folder: `functions/login/index.mjs` and its source map, ... */
export type Bundles = ReadonlyMap<string, Uint8Array>;

const OPTIONS = {
  outExtension: { ".js": ".mjs" },
  bundle: true,
  minify: true,
  sourcemap: "linked",
  sourcesContent: false, // a stack trace needs positions only; the sources would multiply the size of the zip
  format: "esm",
  platform: "node",
  target: "node20",
  legalComments: "none",
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
} as const satisfies BuildOptions;

/** As deep as a stack's folder, `cdktf.out/stacks/<stage>`, so that the relative paths in source maps are right. */
const OUTDIR = "cdktf.out/stacks/stage";

/**
 * Builds each entry into a minified ES module with its source map. Writes nothing. esbuild works in a process of its own, while the
 * caller does other things.
 *
 * @param projectRoot absolute path that entries are relative to; the output does not contain it
 * @param entries TypeScript files that export `handler`: `functions/login.ts`
 * @throws Error that names each file that is missing, does not compile or exports no `handler`
 */
export async function bundle(projectRoot: string, entries: readonly string[]): Promise<Bundles> {
  const missing = entries.filter((entry) => !existsSync(join(projectRoot, entry)));
  if (missing.length > 0) {
    throw new Error(`${missing.join(", ")}: a function's file must exist and export \`handler\`, got none`);
  }
  const outdir = join(projectRoot, OUTDIR);
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
    (entry) => !metafile.outputs[`${OUTDIR}/${bundleFolder(entry)}/index.mjs`]?.exports.includes("handler"),
  );
  if (without.length > 0) throw new Error(`${without.join(", ")}: a function's file must export \`handler\`, got none`);
  return new Map(
    outputFiles.map(({ path, contents, text }) => {
      const name = path.slice(outdir.length + 1).replaceAll("\\", "/");
      if (name.endsWith(".map")) return [name, Buffer.from(withOwnPackages(text))];
      return [name, text.includes(DYNAMIC_REQUIRE) ? Buffer.from(withRequire(text)) : contents];
    }),
  );
}

/** esbuild's message for a CommonJS library that requires a built-in module: an ES module has no `require`. */
const DYNAMIC_REQUIRE = 'Dynamic require of "';
const SOURCE_MAP = "//# sourceMappingURL=";
const REQUIRE =
  'import{createRequire as bundleCreateRequire}from"node:module";function require(id){return bundleCreateRequire(import.meta.url)(id)}\n';

/** Adds `require` at the end of a bundle, where it shifts no position of the source map: both declarations are hoisted. */
function withRequire(code: string): string {
  const end = code.lastIndexOf(SOURCE_MAP);
  return code.slice(0, end) + REQUIRE + code.slice(end);
}

/** Names packages as if all were in the project's own node_modules: npm workspaces install them in a folder above. */
function withOwnPackages(map: string): string {
  return map.replace(/"(?:\.\.\/)[^"]*\/node_modules\/([^"]+)"/g, `"${relativeRoot}node_modules/$1"`);
}

/** From a source map's folder, `functions/<name>` in the stack's folder, to the project. */
const relativeRoot = "../".repeat(`${OUTDIR}/functions/name`.split("/").length);

/**
 * Writes bundles to where the stack expects them, and removes bundles that are no longer built. Files that have not changed, and
 * everything else in the folder, stay untouched.
 *
 * @param folder the stack's folder, with `cdk.tf.json`
 */
export function writeBundles(folder: string, bundles: Bundles): void {
  for (const [path, contents] of bundles) {
    const file = join(folder, path);
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  const kept = new Set([...bundles.keys()].map(dirname));
  for (const parent of new Set([...kept].map(dirname))) {
    for (const name of readdirSync(join(folder, parent))) {
      if (!kept.has(`${parent}/${name}`)) rmSync(join(folder, parent, name), { recursive: true });
    }
  }
}

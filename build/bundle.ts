/** Builds the handlers in one esbuild run. The output is the same on every machine and in every folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { BuildOptions, Metafile } from "esbuild";
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
  loader: { ".node": "empty" }, // rejected below, with the names of function and package
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  metafile: true,
  write: false,
  logLevel: "silent",
} as const satisfies BuildOptions;

/** As deep as a stack's folder, `cdktf.out/stacks/<stage>`, so that the relative paths in source maps are right. */
const OUTDIR = "cdktf.out/stacks/stage";

export interface Build {
  readonly bundles: Bundles;
  /** Of each entry, its source files relative to the project root, with the SHA-256 of what was read where it is known. */
  readonly inputs: ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;
}

/** As `build`. @returns the bundles alone */
export const bundle = async (...args: Parameters<typeof build>): Promise<Bundles> => (await build(...args)).bundles;

/**
 * Builds each entry into a minified ES module with its source map. Writes nothing. esbuild works in a thread and a process of its
 * own, while the caller does other things.
 *
 * @param projectRoot absolute path that entries are relative to; the output does not contain it
 * @param entries TypeScript files that export `handler`: `functions/login.ts`
 * @param external npm packages to leave out
 * @throws Error that names each file that is missing, does not compile, exports no `handler` or contains native code
 */
export async function build(
  projectRoot: string,
  entries: readonly string[],
  external: readonly string[] = [],
): Promise<Build> {
  const missing = entries.filter((entry) => !existsSync(join(projectRoot, entry)));
  if (missing.length > 0) {
    throw new Error(`${missing.join(", ")}: a function's file must exist and export \`handler\`, got none`);
  }
  const outdir = join(projectRoot, OUTDIR);
  const { outputFiles, metafile, sources } = await run(entries, {
    absWorkingDir: projectRoot,
    outdir,
    external: [...external],
    ...OPTIONS,
  });
  const problems = entries.flatMap((entry) =>
    problemsOf(entry, metafile.outputs[`${OUTDIR}/${bundleFolder(entry)}/index.mjs`]),
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const code = new Map(
    outputFiles.filter(({ path }) => path.endsWith(".mjs")).map((file) => [file.path, prelude(file)]),
  );
  const elsewhere = Object.keys(metafile.inputs).some((file) => file.includes("/node_modules/"));
  const bundles = new Map(
    outputFiles.map(({ path, contents }) => {
      const name = path.slice(outdir.length + 1).replaceAll("\\", "/");
      const first = code.get(path.replace(/\.map$/, ""));
      if (!first && !(elsewhere && path.endsWith(".map"))) return [name, contents];
      if (!path.endsWith(".map")) return [name, Buffer.from(first + textOf(contents))];
      const map = withOwnPackages(textOf(contents));
      return [name, Buffer.from(first ? withFirstLine(map) : map)];
    }),
  );
  const inputs = entries.map((entry) => {
    const files = [...closure(metafile.inputs, entry)].map(
      (file) => [file, sources.get(join(projectRoot, file))] as const,
    );
    return [entry, new Map(files)] as const;
  });
  return { bundles, inputs: new Map(inputs) };
}

/** A file and all that it imports. */
function closure(inputs: Metafile["inputs"], file: string, found = new Set<string>()): Set<string> {
  const input = inputs[file];
  if (!input || found.has(file)) return found;
  found.add(file);
  for (const { path } of input.imports) closure(inputs, path, found);
  return found;
}

/** Conversions of source maps take long: only where something must change. */
const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

/** Output of the thread `esbuild.mjs`: failures have one message, or none, per entry. */
type Output =
  | {
      readonly metafile: Metafile;
      readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[];
      readonly sources: ReadonlyMap<string, string>;
    }
  | { readonly failures: readonly (string | undefined)[] };

let ready: Worker | undefined;

/** Starts the thread and the process of the next build ahead. They do not keep this process alive. */
export function prepareBuild(): void {
  ready ??= new Worker(join(__dirname, "esbuild.mjs"), { execArgv: [] });
  ready.unref();
}

async function run(entries: readonly string[], options: BuildOptions) {
  const entryPoints = entries.map((entry) => ({ in: entry, out: `${bundleFolder(entry)}/index` }));
  prepareBuild();
  const thread = ready as Worker;
  ready = undefined;
  thread.ref();
  thread.postMessage({ options, entryPoints });
  const output = await new Promise<Output>((resolve, reject) => {
    thread.once("message", resolve).once("error", reject);
  }).finally(() => thread.terminate());
  if (!("failures" in output)) return output;
  // A problem that several handlers share appears once.
  const byMessage = new Map<string, string[]>();
  for (const [index, message] of output.failures.entries()) {
    if (message !== undefined) byMessage.set(message, [...(byMessage.get(message) ?? []), entries[index] ?? ""]);
  }
  const lines = [...byMessage].map(
    ([message, [first, ...others]]) => `${first}${others.length > 0 ? ` and ${others.length} more` : ""}: ${message}`,
  );
  throw new Error(lines.join("\n"));
}

function problemsOf(entry: string, output: Metafile["outputs"][string] | undefined): string[] {
  if (!output?.exports.includes("handler")) return [`${entry}: a function's file must export \`handler\`, got none`];
  return Object.keys(output.inputs)
    .filter((file) => file.endsWith(".node"))
    .map((file) => {
      const [, name = file] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
      return `${entry}: a bundle must not contain native code, got ${file}: add external: ["${name}"] to its route or NodeFunction`;
    });
}

/**
 * Defines what CommonJS libraries use and an ES module lacks, if a bundle contains such a library. esbuild renames all declared
 * names when it minifies, so these names are free.
 */
function prelude({ contents }: { readonly contents: Uint8Array }): string {
  const code = textOf(contents);
  const needed = [
    ...(code.includes('Dynamic require of "') ? ["require=bundleCreateRequire(import.meta.url)"] : []),
    ...(/\b__dirname\b/.test(code) ? ["__dirname=import.meta.dirname"] : []),
    ...(/\b__filename\b/.test(code) ? ["__filename=import.meta.filename"] : []),
  ];
  if (needed.length === 0) return "";
  return `import{createRequire as bundleCreateRequire}from"node:module";const ${needed.join(",")};\n`;
}

/** Each line of the generated code begins after a ";" of the mappings. */
const withFirstLine = (map: string) => map.replace(/"mappings": ?"/, "$&;");

/** Names packages as if all were in the project's own node_modules: npm workspaces install them in a folder above, and others nest. */
function withOwnPackages(map: string): string {
  return map.replace(/"(?:\.\.\/)[^"]*\/node_modules\/([^"]+)"/g, `"${relativeRoot}node_modules/$1"`);
}

/** From a source map's folder, `functions/<name>` in the stack's folder, to the project. */
const relativeRoot = "../".repeat(`${OUTDIR}/functions/name`.split("/").length);

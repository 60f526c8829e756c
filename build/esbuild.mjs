// A thread that runs esbuild: its plugin responds to esbuild while the main thread is busy with constructs. See bundle.ts.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
import { build, transform } from "esbuild";

/** Texts and comments, which stay as they are, or a call of valibot that only describes something. */
const SCHEMA =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*[\s\S]*?\*\/|(?<![\w.$])(v\.(?!parse|safeParse|assert|is\(|set|delete)\w+\()/g;

/** SHA-256 of the handlers' own sources, as they were read, by path. */
const sources = new Map();

/**
 * Marks valibot's schemas in `functions/shared` as free of side effects, so that a bundle holds only those that its handler uses.
 * esbuild would keep every `export const body = v.object(...)`, and with it the parts of valibot that it needs.
 */
const functionFiles = {
  name: "function-files",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]functions[\\/].*\.tsx?$/ }, async ({ path }) => {
      const contents = await readFile(path, "utf8");
      sources.set(path, createHash("sha256").update(contents).digest("hex"));
      const shared = /[\\/]functions[\\/]shared[\\/]/.test(path) && contents.includes('import * as v from "valibot"');
      const mark = () => contents.replace(SCHEMA, (found, call) => (call ? `/* @__PURE__ */ ${call}` : found));
      return { contents: shared ? mark() : contents, loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

transform("").catch(() => {}); // starts esbuild's process; the build reports an error of it

parentPort.once("message", async ({ options, entryPoints }) => {
  const run = (some) => build({ ...options, entryPoints: some, plugins: [functionFiles] });
  try {
    const { outputFiles, metafile } = await run(entryPoints);
    const files = outputFiles.map(({ path, contents }) => ({ path, contents }));
    parentPort.postMessage({ metafile, outputFiles: files, sources });
  } catch {
    // esbuild names the file with a problem, but not the handlers that import it.
    const results = await Promise.allSettled(entryPoints.map((one) => run([one])));
    parentPort.postMessage({ failures: results.map(({ reason }) => reason?.message) });
  }
});

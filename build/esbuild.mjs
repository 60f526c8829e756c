// A thread that runs esbuild: its plugin responds to esbuild while the main thread is busy with constructs. See bundle.ts.
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { build } from "esbuild";

/** Texts and comments, which stay as they are, or a call of valibot that only describes something. */
const SCHEMA =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*[\s\S]*?\*\/|(?<![\w.$])(v\.(?!parse|safeParse|assert|is\(|set|delete)\w+\()/g;

/**
 * Marks valibot's schemas in `functions/shared` as free of side effects, so that a bundle holds only those that its handler uses.
 * esbuild would keep every `export const body = v.object(...)`, and with it the parts of valibot that it needs.
 */
const pureSchemas = {
  name: "pure-schemas",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]functions[\\/]shared[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes('import * as v from "valibot"')) return undefined;
      return {
        contents: text.replace(SCHEMA, (found, call) => (call ? `/* @__PURE__ */ ${call}` : found)),
        loader: "ts",
      };
    });
  },
};

const { options, entryPoints } = workerData;
const run = (some) => build({ ...options, entryPoints: some, plugins: [pureSchemas] });
try {
  const { outputFiles, metafile } = await run(entryPoints);
  parentPort.postMessage({ metafile, outputFiles: outputFiles.map(({ path, contents }) => ({ path, contents })) });
} catch {
  // esbuild names the file with a problem, but not the handlers that import it.
  const results = await Promise.allSettled(entryPoints.map((one) => run([one])));
  parentPort.postMessage({ failures: results.map(({ reason }) => reason?.message) });
}

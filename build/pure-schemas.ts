import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Marks valibot's schemas in `functions/shared` as free of side effects, so that a bundle holds only those that its handler uses.
 * esbuild would keep every `export const body = v.object(...)`, and with it the parts of valibot that it needs.
 */
export const pureSchemas: Plugin = {
  name: "pure-schemas",
  setup(build) {
    build.onLoad({ filter: /[\\/]functions[\\/]shared[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return text.includes('import * as v from "valibot"') ? { contents: pure(text), loader: "ts" } : undefined;
    });
  },
};

/** Texts and comments, which stay as they are, or a call that only describes something. */
const SCHEMA =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*[\s\S]*?\*\/|(?<![\w.$])(v\.(?!parse|safeParse|assert|is\(|set|delete)\w+\()/g;

const pure = (text: string) =>
  text.replace(SCHEMA, (found, call?: string) => (call ? `/* @__PURE__ */ ${call}` : found));

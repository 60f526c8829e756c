/** What a cold start has to load. */
import { buildSync } from "esbuild";
import { bodies } from "./support/handlers";

/** Functions that sign users in and read them: their cold start is part of each login. */
const handlerNames = [...Object.keys(bodies), "echo"];

const { outputs } = buildSync({
  entryPoints: handlerNames.map((name) => `functions/${name}.ts`),
  bundle: true,
  format: "esm",
  platform: "node",
  minify: true,
  legalComments: "none",
  outdir: "out",
  metafile: true,
  write: false,
}).metafile;

const bundleOf = (name: string) => {
  const output = outputs[`out/${name}.js`];
  if (!output) throw new Error(`${name} was not bundled`);
  return output;
};
const packagesOf = (name: string) =>
  new Set(
    Object.keys(bundleOf(name).inputs).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
  );

test.each(handlerNames)("%s holds no package but the body's schema", (name) => {
  expect([...packagesOf(name)]).toEqual(["valibot"]);
});

test("login stays within 29.5 kB", () => {
  expect(bundleOf("login").bytes).toBeLessThanOrEqual(29_500);
});

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../build/bundle";
import { incrementalBuild } from "../../build/incremental-build";
import { writeBundles } from "../../build/write-bundles";
import { temporaryProject } from "../constructs/support";

jest.mock("../../build/bundle", () => {
  const actual = jest.requireActual<typeof import("../../build/bundle")>("../../build/bundle");
  return { ...actual, build: jest.fn(actual.build) };
});

const [a, b] = ["functions/a.ts", "functions/b.ts"];
const project = () =>
  temporaryProject({
    [a]: 'import { one } from "./shared/one";\nexport const handler = async () => one;\n',
    [b]: 'import two from "two";\nexport const handler = async () => two;\n',
    "functions/shared/one.ts": "export const one = 1;\n",
    "node_modules/two/package.json": '{"name":"two","main":"index.js"}',
    "node_modules/two/index.js": "module.exports = 2;\n",
    "node_modules/two/other.js": "module.exports = 3;\n",
    "package-lock.json": "{}",
    "out/cdk.tf.json": "{}",
  });

/** A synth, as far as bundles go. @returns the entries that esbuild built, and all bundles as texts */
async function synth(root: string, external: readonly string[] = [], entries = [a, b]) {
  jest.mocked(build).mockClear();
  const folder = join(root, "out");
  const incremental = incrementalBuild(root, folder, join(root, "record.json"));
  const bundles = await incremental.run(entries, external);
  writeBundles(folder, bundles);
  incremental.save();
  const built = jest.mocked(build).mock.calls.flatMap(([, some]) => some);
  return {
    built,
    texts: Object.fromEntries([...bundles].sort().map(([path, bytes]) => [path, Buffer.from(bytes).toString()])),
  };
}

test("builds nothing where nothing has changed, and returns the same bundles", async () => {
  const root = project();
  const first = await synth(root);
  expect(first.built).toEqual([a, b]);
  expect(await synth(root)).toEqual({ built: [], texts: first.texts });
});

test.each<[change: string, (write: (path: string, text: string) => void, root: string) => void, built: string[]]>([
  ["its own source", (write) => write(a, "export const handler = async () => 5;\n"), [a]],
  ["a file that it imports", (write) => write("functions/shared/one.ts", "export const one = 5;\n"), [a]],
  [
    "a file that takes the place of an import",
    (write) => write("functions/shared/one.tsx", "export const one = 5;"),
    [a],
  ],
  ["a package", (write) => write("node_modules/two/index.js", "module.exports = 5;\n"), [b]],
  ["a package's main file", (write) => write("node_modules/two/package.json", '{"main":"other.js"}'), [b]],
  ["its bundle", (write) => write("out/functions/a/index.mjs", "edited"), [a]],
  ["its source map", (_, root) => rmSync(join(root, "out/functions/b/index.mjs.map")), [b]],
  ["the lock file", (write) => write("package-lock.json", "{ }"), [a, b]],
  ["an interrupted record", (write) => write("record.json", '{"tools":'), [a, b]],
  ["no record", (_, root) => rmSync(join(root, "record.json")), [a, b]],
])("builds a handler again after a change of %s", async (_, change, expected) => {
  const root = project();
  await synth(root);
  change((path, text) => writeFileSync(join(root, path), text), root);
  const { built, texts } = await synth(root);
  expect(built).toEqual(expected);
  rmSync(join(root, "record.json"));
  expect((await synth(root)).texts).toEqual(texts); // as a build of everything
  expect((await synth(root)).built).toEqual([]);
});

test("builds everything again for other external packages", async () => {
  const root = project();
  await synth(root);
  const { built, texts } = await synth(root, ["two"]);
  expect(built).toEqual([a, b]);
  expect(texts["functions/b/index.mjs"]).toMatch(/from ?"two"/);
  expect((await synth(root, ["two"])).built).toEqual([]);
  expect(incrementalBuild(root, join(root, "out"), join(root, "record.json")).external).toEqual(["two"]);
});

test("a change during a build is not lost: the next synth builds it", async () => {
  const root = project();
  const { build: actual } = jest.requireActual<typeof import("../../build/bundle")>("../../build/bundle");
  jest.mocked(build).mockImplementationOnce(async (...args) => {
    const built = await actual(...args);
    writeFileSync(join(root, "functions/shared/one.ts"), "export const one = 5;\n");
    return built;
  });
  expect((await synth(root)).texts["functions/a/index.mjs"]).toContain("1");
  const { built, texts } = await synth(root);
  expect(built).toEqual([a]);
  expect(texts["functions/a/index.mjs"]).toContain("5");
});

test("builds a handler each time if a source lies outside of functions/", async () => {
  const root = project();
  mkdirSync(join(root, "lib"));
  writeFileSync(join(root, "lib/three.ts"), "export const three = 3;\n");
  writeFileSync(join(root, a), 'export { three as handler } from "../lib/three";\n');
  await synth(root);
  expect((await synth(root)).built).toEqual([a]);
});

test("the record has no path of this machine and no time", async () => {
  const root = project();
  await synth(root);
  const text = readFileSync(join(root, "record.json"), "utf8");
  expect(text).not.toContain(root);
  expect(text).not.toMatch(/20\d\d-|1[78]\d{11}/);
  const other = project();
  await synth(other);
  expect(readFileSync(join(other, "record.json"), "utf8")).toBe(text);
});

test("an error names the file as without a record", async () => {
  const root = project();
  await synth(root);
  writeFileSync(join(root, b), "export const handler = ;\n");
  await expect(synth(root)).rejects.toThrow(/functions\/b\.ts/);
  await expect(synth(root)).rejects.toThrow(/functions\/b\.ts/);
});

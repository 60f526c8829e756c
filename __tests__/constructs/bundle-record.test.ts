import { readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { bundle, writeBundles } from "../../constructs/bundle";
import { RECORD } from "../../constructs/bundle-record";
import { temporaryProject } from "./support";

jest.mock("esbuild", () => {
  const esbuild = jest.requireActual("esbuild");
  return { ...esbuild, build: jest.fn(esbuild.build) };
});

const entry = "functions/a.ts";
const files = {
  [entry]:
    'import { greeting } from "./shared/greeting";\nimport { name } from "lib";\nexport const handler = async () => greeting + name;\n',
  "functions/b.ts": "export const handler = async () => 1;\n",
  "functions/shared/greeting.ts": 'export const greeting = "hello";\n',
  "node_modules/lib/package.json": '{ "main": "old.js" }',
  "node_modules/lib/old.js": 'export const name = "old";\n',
  "node_modules/lib/new.js": 'export const name = "new";\n',
};

/** A project of some age, synthesized once. */
async function synthesized() {
  const root = temporaryProject(files);
  for (const path of Object.keys(files)) utimesSync(join(root, path), 1, 1);
  const folder = temporaryProject({});
  writeBundles(folder, await bundle(root, [entry], folder));
  jest.mocked(build).mockClear();
  return { root, folder };
}

test("builds nothing when nothing has changed, and gives the same bytes", async () => {
  const { root, folder } = await synthesized();
  const again = await bundle(root, [entry], folder);
  expect(build).not.toHaveBeenCalled();
  expect(again).toEqual(await bundle(root, [entry]));
  expect(build).toHaveBeenCalledTimes(1);
});

test.each<[string, (root: string, folder: string) => void]>([
  ["a source", (root) => writeFileSync(join(root, "functions/shared/greeting.ts"), 'export const greeting = "hi";\n')],
  [
    "a source that takes another's place",
    (root) => writeFileSync(join(root, "functions/shared/greeting.tsx"), "export const greeting = 2;\n"),
  ],
  ["a source that is gone", (root) => rmSync(join(root, "functions/shared/greeting.ts"))],
  ["a library", (root) => writeFileSync(join(root, "node_modules/lib/old.js"), "export const name = 3;\n")],
  [
    "what a library exports",
    (root) => writeFileSync(join(root, "node_modules/lib/package.json"), '{ "main": "new.js" }'),
  ],
  ["a bundle", (_, folder) => writeFileSync(join(folder, "functions/a/index.mjs"), "export const handler = 1;\n")],
  ["a bundle that is gone", (_, folder) => rmSync(join(folder, "functions/a/index.mjs.map"))],
  ["the record", (_, folder) => writeFileSync(join(folder, RECORD), "{")],
])("builds again after a change of %s", async (_, change) => {
  const { root, folder } = await synthesized();
  change(root, folder);
  await bundle(root, [entry], folder).catch(() => {});
  expect(build).toHaveBeenCalledTimes(1);
});

test("builds again for other entries", async () => {
  const { root, folder } = await synthesized();
  expect([...(await bundle(root, [entry, "functions/b.ts"], folder)).keys()]).toContain("functions/b/index.mjs");
});

test("makes no record when a source was written while it was built: nobody knows which text was read", async () => {
  const { root } = await synthesized();
  const now = Date.now() / 1000;
  utimesSync(join(root, entry), now, now);
  expect([...(await bundle(root, [entry])).keys()]).not.toContain(RECORD);
});

test("keeps the record among the files of the stack, with no path of this machine in it", async () => {
  const { root, folder } = await synthesized();
  const record = readFileSync(join(folder, RECORD), "utf8");
  expect(record).not.toContain(root);
  expect(Object.keys(JSON.parse(record).made)).toEqual(["functions/a/index.mjs.map", "functions/a/index.mjs"]);
});

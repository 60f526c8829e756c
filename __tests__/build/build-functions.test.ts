import { join } from "node:path";
import { buildFunctions } from "../../build/build-functions";
import { handlerFiles } from "../../build/handler-files";
import { incrementalBuild } from "../../build/incremental-build";
import { temporaryProject } from "../constructs/support";

const handler = "export const handler = async () => 1;\n";
const project = () =>
  temporaryProject({
    "functions/b.ts": handler,
    "functions/a.ts": handler,
    "functions/shared/c.ts": "export const c = 1;\n",
    "functions/a.test.ts": "",
    "functions/types.d.ts": "",
    "functions/note.md": "",
    "jobs/nightly.ts": handler,
    "functions/one.ts": 'import one from "one";\nexport const handler = () => one;\n',
    "node_modules/one/package.json": '{"name":"one","main":"index.node"}',
    "node_modules/one/index.node": "native",
  });
const code = (entry: string, external: string[] = []) => ({ entry, external, assets: [], environment: {} });

async function built(root: string, functions: ReturnType<typeof code>[]) {
  const handlers = handlerFiles(root);
  const build = incrementalBuild(root, root, join(root, "record.json"));
  const building = build.run(handlers, []);
  const settled = building.catch(() => {});
  const { bundles, notes } = await buildFunctions(root, handlers, functions, build, building).finally(() => settled);
  return { notes, files: [...bundles.keys()].filter((path) => !path.endsWith(".map")) };
}

test("every file of functions/ is a handler, but tests, types and folders are none", () => {
  expect(handlerFiles(project())).toEqual(["functions/a.ts", "functions/b.ts", "functions/one.ts"]);
});

test("builds every handler, and names those that nothing uses", async () => {
  const { files, notes } = await built(project(), [code("functions/a.ts"), code("functions/one.ts", ["one"])]);
  expect(files).toEqual([
    "functions/a/index.mjs",
    "functions/b/index.mjs",
    "functions/one/index.mjs",
    "functions/one/node_modules/one/index.node",
    "functions/one/node_modules/one/package.json",
  ]);
  expect(notes).toEqual([
    "functions/b.ts is not used: no route and no NodeFunction names it",
    expect.stringContaining("functions/one.ts: one has no native code for Lambda"),
  ]);
});

test("a package that a function declares as external is no error, though a first run failed on it", async () => {
  await expect(built(project(), [code("functions/one.ts")])).rejects.toThrow('add external: ["one"]');
  expect((await built(project(), [code("functions/one.ts", ["one"])])).files).toContain("functions/one/index.mjs");
});

test("builds a function of another folder", async () => {
  const functions = [code("jobs/nightly.ts"), code("functions/one.ts", ["one"])];
  expect((await built(project(), functions)).files).toContain("jobs/nightly/index.mjs");
});

test("fails for a function without a file", async () => {
  await expect(built(project(), [code("functions/none.ts"), code("functions/one.ts", ["one"])])).rejects.toThrow(
    "functions/none.ts: a function's file must exist and export `handler`, got none",
  );
});

import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { type Bundles, bundle } from "../../build/bundle";
import { writeBundles } from "../../build/write-bundles";
import { functionNames, handlerFile } from "../../constructs/api/route";
import { routes } from "../../routes";
import { temporaryProject } from "../constructs/support";

const handler = 'import { greeting } from "./shared/greeting";\nexport const handler = async () => greeting;\n';
const project = () =>
  temporaryProject({
    "functions/a.ts": handler,
    "functions/b.ts": handler,
    "functions/none.ts": "export const other = 1;\n",
    "functions/broken.ts": "export const handler = (;\n",
    "functions/shared/greeting.ts": 'export const greeting: string = "hello";\n',
  });
const [a, b] = ["functions/a.ts", "functions/b.ts"];

const texts = (bundles: Bundles) =>
  Object.fromEntries([...bundles].sort().map(([path, contents]) => [path, Buffer.from(contents).toString()]));

test("builds one minified ES module an entry, with its source map beside it", async () => {
  const { "bundles.json": _, ...files } = texts(await bundle(project(), [a, b]));
  expect(Object.keys(files)).toEqual([
    "functions/a/index.mjs",
    "functions/a/index.mjs.map",
    "functions/b/index.mjs",
    "functions/b/index.mjs.map",
  ]);
  expect(files["functions/a/index.mjs"]).toMatch(
    /export\{\w+ as handler\};\n\/\/# sourceMappingURL=index\.mjs\.map\n$/,
  );
  const map = JSON.parse(files["functions/a/index.mjs.map"] ?? "");
  expect(map.sources).toEqual(
    ["functions/shared/greeting.ts", "functions/a.ts"].map((file) => `../../../../../${file}`),
  );
  expect(map).not.toHaveProperty("sourcesContent");
});

/** Writes the bundle of `functions/a.ts` and runs code with its exports as `m`. */
async function runBundle(root: string, code: string): Promise<string> {
  writeBundles(join(root, "cdktf.out/stacks/dev"), await bundle(root, [a]));
  const file = JSON.stringify(join(root, "cdktf.out/stacks/dev/functions/a/index.mjs"));
  const args = ["--enable-source-maps", "--eval", `import(${file}).then((m) => ${code}).then(console.log)`];
  return execFileSync(process.execPath, args, { encoding: "utf8" });
}
/** A CommonJS package. */
const one = (code: string) => ({
  "node_modules/one/index.js": code,
  "node_modules/one/package.json": '{"name":"one","main":"index.js"}',
});

test("a CommonJS library that requires a built-in module runs in the ES module, and no other bundle grows", async () => {
  const root = temporaryProject({
    ...one('exports.end = require("node:path").basename;\n'),
    "functions/a.ts": 'import { end } from "one";\nexport const handler = async () => end("/a/b");\n',
    "functions/b.ts": "export const handler = 1;\n",
  });
  expect(await runBundle(root, "m.handler()")).toBe("b\n");
  expect(texts(await bundle(root, [a, b]))["functions/b/index.mjs"]).not.toContain("createRequire");
});

test("a CommonJS library knows its own file and folder: those of the bundle", async () => {
  const root = temporaryProject({
    ...one("exports.paths = [__dirname, __filename];\n"),
    "functions/a.ts": 'import { paths } from "one";\nexport const handler = () => paths.join();\n',
  });
  const folder = join(realpathSync(root), "cdktf.out/stacks/dev/functions/a");
  expect(await runBundle(root, "m.handler()")).toBe(`${folder},${join(folder, "index.mjs")}\n`);
});

test("a handler's error has the line of its source, with such a library too", async () => {
  const root = temporaryProject({
    ...one("exports.folder = __dirname;\n"),
    "functions/a.ts":
      'import { folder } from "one";\n\nexport const handler = () => {\n  throw new Error(folder);\n};\n',
  });
  const output = await runBundle(root, "Promise.resolve().then(m.handler).catch((error) => error.stack)");
  expect(output).toMatch(/functions\/a\.ts:4:\d/);
});

test("rejects native code, naming function and package", async () => {
  const root = temporaryProject({
    ...one('module.exports = require("./build/one.node");\n'),
    "node_modules/one/build/one.node": "native",
    "functions/a.ts": 'import one from "one";\nexport const handler = () => one;\n',
  });
  await expect(bundle(root, [a])).rejects.toThrow(
    'functions/a.ts: a bundle must not contain native code, got node_modules/one/build/one.node: add external: ["one"] to its route or NodeFunction',
  );
  expect(texts(await bundle(root, [a], ["one"]))["functions/a/index.mjs"]).toContain('from"one"');
});

test("gives the same bytes in another folder and in another order", async () => {
  const elsewhere = project();
  const first = texts(await bundle(project(), [a, b]));
  expect(texts(await bundle(elsewhere, [b, a]))).toEqual(first);
  expect(JSON.stringify(first)).not.toContain(elsewhere);
});

test("gives the same bytes wherever the packages are installed", async () => {
  const source = 'import { one } from "one";\nexport const handler = async () => one();\n';
  const one = (folder: string) => ({
    [`${folder}node_modules/one/index.js`]: "export function one() { return Date.now(); }\n",
    [`${folder}node_modules/one/package.json`]: '{"name":"one","type":"module","main":"index.js"}',
  });
  const own = temporaryProject({ "functions/a.ts": source, ...one("") });
  const hoisted = temporaryProject({ "packages/deep/api/functions/a.ts": source, ...one("") });
  const nested = temporaryProject({
    "functions/a.ts": 'export { handler } from "two";\n',
    "node_modules/two/index.js": 'import { one } from "one";\nexport const handler = async () => one();\n',
    "node_modules/two/package.json": '{"name":"two","type":"module","main":"index.js"}',
    ...one("node_modules/two/"),
  });
  const first = texts(await bundle(own, [a]));
  expect(texts(await bundle(join(hoisted, "packages/deep/api"), [a]))).toEqual(first);
  expect(first["functions/a/index.mjs.map"]).toContain('"../../../../../node_modules/one/index.js"');
  expect(texts(await bundle(nested, [a]))["functions/a/index.mjs.map"]).toContain(
    '"../../../../../node_modules/one/index.js"',
  );
});

test("can build every handler of the route table, without the local API or a path of this machine in it", async () => {
  const root = join(__dirname, "..", "..");
  const files = texts(await bundle(root, functionNames(routes).map(handlerFile)));
  expect(Object.keys(files).filter((path) => path.endsWith("/index.mjs"))).toHaveLength(functionNames(routes).length);
  for (const [path, text] of Object.entries(files)) {
    expect(text).not.toContain(root);
    if (path.endsWith(".map")) expect(JSON.parse(text).sources.join()).not.toMatch(/\/(local|constructs|review)\//);
  }
});

test("rejects files that are not there, naming each", async () => {
  await expect(bundle(project(), [a, "functions/x.ts", "functions/y.ts"])).rejects.toThrow(
    "functions/x.ts, functions/y.ts: a function's file must exist",
  );
});

test("rejects a module without a handler, naming the file", async () => {
  await expect(bundle(project(), [a, "functions/none.ts"])).rejects.toThrow(
    "functions/none.ts: a function's file must export `handler`, got none",
  );
});

test("names the handlers that import a package that is not installed", async () => {
  const root = temporaryProject({
    "functions/a.ts": 'export { handler } from "./shared/x";\n',
    "functions/b.ts": "export const handler = 1;\n",
    "functions/c.ts": 'export { handler } from "./shared/x";\n',
    "functions/shared/x.ts": 'import one from "one";\nexport const handler = () => one;\n',
  });
  const problem = await bundle(root, [a, b, "functions/c.ts"]).catch((error: Error) => error.message);
  expect(problem).toMatch(
    /^functions\/a\.ts and 1 more: .*functions\/shared\/x\.ts:1:16: ERROR: Could not resolve "one"/s,
  );
  expect(problem).not.toContain("functions/b.ts");
});

test("rejects a module that does not compile, naming file and line", async () => {
  await expect(bundle(project(), ["functions/broken.ts"])).rejects.toThrow(/functions\/broken\.ts:1:2\d: ERROR/);
});

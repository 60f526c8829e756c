import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bundles, bundle, writeBundles } from "../../build/bundle";
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

test("a CommonJS library that requires a built-in module runs in the ES module, and no other bundle grows", async () => {
  const root = temporaryProject({
    "node_modules/one/index.js": 'exports.end = require("node:path").basename;\n',
    "node_modules/one/package.json": '{"name":"one","main":"index.js"}',
    "functions/a.ts": 'import { end } from "one";\nexport const handler = async () => end("/a/b");\n',
    "functions/b.ts": "export const handler = 1;\n",
  });
  const bundles = await bundle(root, [a, b]);
  writeBundles(root, bundles);
  const code = `import(${JSON.stringify(join(root, "functions/a/index.mjs"))}).then((m) => m.handler()).then(console.log)`;
  expect(execFileSync(process.execPath, ["--eval", code], { encoding: "utf8" })).toBe("b\n");
  expect(texts(bundles)["functions/b/index.mjs"]).not.toContain("createRequire");
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

test("rejects a module that does not compile, naming file and line", async () => {
  await expect(bundle(project(), ["functions/broken.ts"])).rejects.toThrow(/functions\/broken\.ts:1:2\d: ERROR/);
});

describe("writing", () => {
  const contents = (text: string) => new Map([["functions/a/index.mjs", Buffer.from(text)]]);

  test("removes what is no bundle any more, and touches nothing else of the stack", () => {
    const folder = temporaryProject({
      "functions/old/index.mjs": "1",
      ".terraform.lock.hcl": "lock",
      "cdk.tf.json": "{}",
    });
    writeBundles(folder, contents("2"));
    expect(readdirSync(join(folder, "functions"))).toEqual(["a"]);
    expect(existsSync(join(folder, ".terraform.lock.hcl")) && existsSync(join(folder, "cdk.tf.json"))).toBe(true);
  });

  test("writes what has changed, and only that", () => {
    const folder = temporaryProject({ "functions/a/index.mjs": "1" });
    const file = join(folder, "functions/a/index.mjs");
    const { mtimeMs } = statSync(file);
    writeBundles(folder, contents("1"));
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
    writeFileSync(file, "0");
    writeBundles(folder, contents("1"));
    expect(readFileSync(file, "utf8")).toBe("1");
  });
});

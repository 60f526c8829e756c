import { bundle } from "../../build/bundle";
import { loadBundles } from "../../build/load-bundles";
import { temporaryProject } from "../constructs/support";

const handler = "export const handler = async () => 1;\n";

/** Loads handlers, `functions/a.ts` and so on. */
async function load(sources: Record<string, string>, environment: Record<string, string | undefined> = {}) {
  const files = Object.fromEntries(Object.entries(sources).map(([name, source]) => [`functions/${name}.ts`, source]));
  const bundles = await bundle(temporaryProject(files), Object.keys(files));
  const functions = Object.keys(files).map((entry) => ({ entry, external: [], assets: [], environment }));
  return loadBundles(bundles, functions, [...bundles.keys()]);
}

test("says nothing about handlers that load", async () => {
  expect(await load({ a: handler, b: `console.log("loud");\n${handler}` })).toEqual([]);
});

test.each([
  ["a package that is in no zip", 'import "node:x-none";', "No such built-in module: node:x-none"],
  [
    "a module whose name is known at run time only",
    'const name = "none"; require(name + "-x");',
    "Cannot find module 'none-x'",
  ],
  [
    "a file that is not beside the code",
    'import { readFileSync } from "node:fs"; readFileSync(new URL("./x.html", import.meta.url));',
    "ENOENT: no such file or directory, open '/functions/a/x.html'",
  ],
  ["an error of its own", 'throw new TypeError("broken");', "broken"],
  ["a missing variable", 'if (!process.env.TABLE) throw new Error("TABLE?");', "TABLE?"],
  ["an exit", "process.exit(3);", "exit of the process with code 3"],
])("names file and cause: %s", async (_, source, cause) => {
  const problem = await load({ b: handler, a: `${source}\n${handler}` }).catch((error: Error) => error.message);
  expect(problem).toContain(`functions/a.ts: the bundle must load, got ${cause}`);
  expect(problem).not.toContain("functions/b.ts");
});

test("names every file that cannot be loaded", async () => {
  const broken = `throw new Error("x");\n${handler}`;
  await expect(load({ a: broken, b: handler, c: broken })).rejects.toThrow(/functions\/a\.ts:.*functions\/c\.ts:/s);
});

test("loses no result of hundreds of bundles while this process is busy", async () => {
  const entries = Array.from({ length: 400 }, (_, index) => `functions/f${index}.ts`);
  const bundles = new Map(
    entries.map((entry) => [
      `${entry.slice(0, -".ts".length)}/index.mjs`,
      Buffer.from("export const handler = () => 1;"),
    ]),
  );
  const functions = entries.map((entry) => ({ entry, external: [], assets: [], environment: {} }));
  const loading = loadBundles(bundles, functions, [...bundles.keys()]);
  const busy = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(busy, 0, 0, 1000);
  expect(await loading).toEqual([]);
});

test("rejects a handler that is no function", async () => {
  await expect(load({ a: "export const handler = 1;\n" })).rejects.toThrow(
    "functions/a.ts: the bundle must load, got `handler` must be a function, got number",
  );
});

test("a handler sees its variables, and nothing of this process", async () => {
  process.env.OF_THIS_PROCESS = "1";
  const source = `if (process.env.TABLE !== "notes" || process.env.OF_THIS_PROCESS) throw new Error("x");\n${handler}`;
  expect(await load({ a: source }, { TABLE: "notes" })).toEqual([]);
});

test("code that fails on a value that only Terraform knows is a note", async () => {
  const source = `new URL(process.env.QUEUE_URL);\n${handler}`;
  expect(await load({ a: source }, { QUEUE_URL: undefined })).toEqual([
    "functions/a.ts: not checked whether the bundle loads, because it needs AWS while it does: Invalid URL",
  ]);
});

test.each([
  [
    "net",
    'import { connect } from "node:net"; await new Promise((_, no) => connect(80, "example.com").on("error", no));',
  ],
  [
    "net, to an address",
    'import { connect } from "node:net"; await new Promise((_, no) => connect(9, "127.0.0.1").on("error", no));',
  ],
  ["fetch", 'await fetch("http://example.com/");'],
  [
    "https",
    'import { get } from "node:https"; await new Promise((_, no) => get("https://example.com").on("error", no));',
  ],
  ["dns", 'import { lookup } from "node:dns/promises"; await lookup("example.com");'],
])("code that needs the network is a note, and reaches nobody: %s", async (_, source) => {
  expect(await load({ a: `${source}\n${handler}` })).toEqual([
    expect.stringContaining("functions/a.ts: not checked whether the bundle loads"),
  ]);
});

test("ignores an error of a connection that a handler opens ahead", async () => {
  const source = `import { connect } from "node:net"; connect(80, "example.com");\n${handler}`;
  expect(await load({ a: source, b: handler })).toEqual([]);
});

test("loads only what has changed", async () => {
  const root = temporaryProject({ "functions/a.ts": `throw new Error("x");\n${handler}`, "functions/b.ts": handler });
  const bundles = await bundle(root, ["functions/a.ts", "functions/b.ts"]);
  const functions = ["functions/a.ts", "functions/b.ts"].map((entry) => ({
    entry,
    external: [],
    assets: [],
    environment: {},
  }));
  expect(await loadBundles(bundles, functions, ["functions/b/index.mjs"])).toEqual([]);
  expect(await loadBundles(bundles, functions, [])).toEqual([]);
  await expect(loadBundles(bundles, functions, ["functions/a/index.mjs"])).rejects.toThrow("functions/a.ts");
});

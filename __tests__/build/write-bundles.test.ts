import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changedFiles, writeBundles } from "../../build/write-bundles";
import { temporaryProject } from "../constructs/support";

const contents = (text: string, path = "functions/a/index.mjs") => new Map([[path, Buffer.from(text)]]);

test("removes files that belong to no bundle, and touches nothing else of the stack", () => {
  const folder = temporaryProject({
    "functions/old/index.mjs": "1",
    "functions/a/node_modules/old/index.js": "1",
    ".terraform.lock.hcl": "lock",
    "cdk.tf.json": "{}",
  });
  writeBundles(folder, contents("2"));
  expect(readdirSync(join(folder, "functions"))).toEqual(["a"]);
  expect(readdirSync(join(folder, "functions/a"))).toEqual(["index.mjs"]);
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

test("names the files that are new or have changed", () => {
  const folder = temporaryProject({ "functions/a/index.mjs": "1", "functions/b/index.mjs": "1" });
  const bundles = new Map([
    ...contents("1"),
    ...contents("2", "functions/b/index.mjs"),
    ...contents("3", "functions/c/x"),
  ]);
  expect(changedFiles(folder, bundles)).toEqual(["functions/b/index.mjs", "functions/c/x"]);
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBeside } from "../../build/files-beside";
import { temporaryProject } from "../constructs/support";

const json = (name: string, more: object = {}) => JSON.stringify({ name, ...more });
const project = () =>
  temporaryProject({
    "functions/a.ts": "",
    "functions/templates/mail.html": "mail",
    "functions/logo.svg": "logo",
    "secret.txt": "secret",
    "node_modules/one/package.json": json("one", {
      dependencies: { two: "1" },
      optionalDependencies: { "@native/x": "1", "@native/absent": "1" },
      devDependencies: { three: "1" },
    }),
    "node_modules/one/lib/index.js": "one",
    "node_modules/one/node_modules/two/package.json": json("two"),
    "node_modules/two/package.json": json("two", { version: "another one" }),
    "node_modules/three/package.json": json("three"),
    "node_modules/@native/x/package.json": json("@native/x", { dependencies: { one: "1" } }),
  });
const code = (changes: object) => ({ entry: "functions/a.ts", external: [], assets: [], environment: {}, ...changes });
const paths = (root: string, changes: object) => [...filesBeside(root, code(changes)).files.keys()].sort();

test("copies a package with its dependencies, each at its place, without those for development", () => {
  expect(paths(project(), { external: ["one"] })).toEqual([
    "functions/a/node_modules/@native/x/package.json",
    "functions/a/node_modules/one/lib/index.js",
    "functions/a/node_modules/one/node_modules/two/package.json",
    "functions/a/node_modules/one/package.json",
  ]);
});

test("finds packages that npm workspaces install in a folder above", () => {
  const root = temporaryProject({
    "node_modules/one/package.json": json("one"),
    "packages/api/functions/a.ts": "",
  });
  expect(paths(join(root, "packages/api"), { external: ["one"] })).toEqual([
    "functions/a/node_modules/one/package.json",
  ]);
});

test("fails for a package that is not installed", () => {
  expect(() => paths(project(), { external: ["four"] })).toThrow(
    "functions/a.ts: external must name installed packages, got four",
  );
});

test("copies files and folders, at their path relative to the code", () => {
  const { files } = filesBeside(project(), code({ assets: ["functions/templates", "functions/logo.svg"] }));
  expect(Object.fromEntries([...files].map(([path, contents]) => [path, String(contents)]))).toEqual({
    "functions/a/templates/mail.html": "mail",
    "functions/a/logo.svg": "logo",
  });
});

test.each(["functions/none.txt", "secret.txt", "../x"])(
  "fails for an asset that is not there or not below the code: %s",
  (asset) => {
    expect(() => paths(project(), { assets: [asset] })).toThrow(
      `functions/a.ts: assets must be files or folders below functions/, got ${asset}`,
    );
  },
);

/** The beginning of an ELF file. */
const elf = (machine: number) => {
  const header = Buffer.alloc(64);
  header.write("\x7fELF", "latin1");
  header.writeUInt16LE(machine, 18);
  return header;
};

test("says when a package has no native code for Lambda, and is content with one file among others", () => {
  const [AMD64, ARM64] = [62, 183];
  const root = project();
  const binary = (name: string, machine: number) =>
    writeFileSync(join(root, "node_modules/@native/x", name), elf(machine));
  const notes = () => filesBeside(root, code({ external: ["one"] })).notes;
  expect(notes()).toEqual([]);
  binary("linux-x64.node", AMD64);
  expect(notes()).toEqual([
    expect.stringMatching(
      /^functions\/a\.ts: one has no native code for Lambda \(Linux, arm64\): .* see docs\/libraries\.md$/,
    ),
  ]);
  binary("linux-arm64.node", ARM64);
  expect(notes()).toEqual([]);
});

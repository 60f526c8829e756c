import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Bundle } from "../../constructs/bundle";
import { temporaryProject } from "./support";

const handler = 'import { greeting } from "./shared/greeting";\nexport const handler = async () => greeting;\n';
const project = () =>
  temporaryProject({
    "functions/a.ts": handler,
    "functions/b.ts": handler,
    "functions/none.ts": "export const other = 1;\n",
    "functions/broken.ts": "export const handler = (;\n",
    "functions/shared/greeting.ts": 'export const greeting: string = "hello";\n',
  });

function synth(projectRoot: string, names: readonly string[], outdir = join(projectRoot, "out")): string {
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, "test");
  const bundle = new Bundle(stack, "bundle", { projectRoot });
  for (const name of names) bundle.add(name, `functions/${name}.ts`);
  app.synth();
  return join(outdir, "stacks", "test", "functions");
}

const contents = (folder: string) =>
  Object.fromEntries(
    (readdirSync(folder, { recursive: true }) as string[])
      .filter((path) => /\.(mjs|map)$/.test(path))
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );

test("writes one minified ES module an entry, with its source map beside it", () => {
  const files = contents(synth(project(), ["a", "b"]));
  expect(Object.keys(files)).toEqual(["a/index.mjs", "a/index.mjs.map", "b/index.mjs", "b/index.mjs.map"]);
  expect(files["a/index.mjs"]).toMatch(/export\{\w+ as handler\};\n\/\/# sourceMappingURL=index\.mjs\.map\n$/);
  expect(JSON.parse(files["a/index.mjs.map"] ?? "").sources).toEqual([
    "../../functions/shared/greeting.ts",
    "../../functions/a.ts",
  ]);
});

test("writes the same bytes in another folder, to another place, in another order", () => {
  const elsewhere = project();
  const first = contents(synth(project(), ["a", "b"]));
  expect(contents(synth(elsewhere, ["b", "a"], join(elsewhere, "deep")))).toEqual(first);
  expect(JSON.stringify(first)).not.toContain(elsewhere);
});

test("removes what is no entry any more, and touches nothing else of the stack", () => {
  const root = project();
  const folder = synth(root, ["a", "b"]);
  writeFileSync(join(folder, "..", ".terraform.lock.hcl"), "lock");
  synth(root, ["a"]);
  expect(readdirSync(folder)).toEqual(["a"]);
  expect(existsSync(join(folder, "..", ".terraform.lock.hcl"))).toBe(true);
});

test("rejects a module without a handler, naming the file", () => {
  expect(() => synth(project(), ["a", "none"])).toThrow("functions/none.ts must export `handler`");
});

test("rejects a module that does not compile, naming file and line", () => {
  expect(() => synth(project(), ["broken"])).toThrow(/functions\/broken\.ts:1:2\d: ERROR/);
});

test("leaves an earlier synth as it was when a build fails", () => {
  const root = project();
  const before = contents(synth(root, ["a"]));
  writeFileSync(join(root, "functions/a.ts"), "export const handler = (;\n");
  expect(() => synth(root, ["a"])).toThrow("ERROR");
  expect(contents(join(root, "out/stacks/test/functions"))).toEqual(before);
});

test("rejects a file that is not there", () => {
  const root = project();
  mkdirSync(join(root, "empty"));
  expect(() => synth(root, ["nobody"])).toThrow("entry must be an existing file, got functions/nobody.ts");
});

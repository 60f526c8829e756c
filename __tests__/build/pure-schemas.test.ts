import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../build/bundle";
import { writeBundles } from "../../build/write-bundles";
import { temporaryProject } from "../constructs/support";

const used = 'import * as v from "valibot";\nexport const used = v.object({ a: v.string() });\n';
const handler =
  'import { used } from "./shared/schemas";\nexport const handler = async () => Object.keys(used.entries);\n';

function project(more: string): string {
  const root = temporaryProject({ "functions/a.ts": handler, "functions/shared/schemas.ts": used + more });
  symlinkSync(join(__dirname, "../../node_modules"), join(root, "node_modules"));
  return root;
}
const code = async (more: string) => {
  const bundles = await bundle(project(more), ["functions/a.ts"]);
  return Buffer.from(bundles.get("functions/a/index.mjs") ?? []).toString();
};

test("a schema that a handler does not use is not in its bundle, whatever its form", async () => {
  const unused = [
    'export const one = v.pipe(v.string(), v.trim(), v.uuid("v.uuid(1)"), v.transform((text) => text.length));',
    "export const two = { body: v.partial(v.object({ a: v.nullish(v.array(used)) })), query: v.variant('a', [used]) };",
    "const helper = v.picklist(['a']);\nexport const three = v.optional(helper, 'a');",
  ];
  expect(await code(unused.join("\n"))).toHaveLength((await code("")).length);
});

test("texts, comments and calls that do something stay as they are", async () => {
  const more = [
    "console.log(\"v.object(1)\", 'v.object(2)', `v.object(3)`); // v.object(4)",
    "v.parse(v.string(), 'checked when it is loaded');",
    "const own = { v: { object: console.log } };\nown.v.object('called');",
  ];
  const root = project(more.join("\n"));
  writeBundles(root, await bundle(root, ["functions/a.ts"]));
  const run = `import(${JSON.stringify(join(root, "functions/a/index.mjs"))})`;
  const output = execFileSync(process.execPath, ["--eval", run], { encoding: "utf8" });
  expect(output).toBe("v.object(1) v.object(2) v.object(3)\ncalled\n");
  expect(await code(more.join("\n"))).toContain("checked when it is loaded");
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aliasArguments } from "./aliases";
import { differences, withoutMarks } from "./differences";

const stack = (version: string, source: string, rest: object = {}) =>
  JSON.stringify({
    "//": { metadata: { version, stackName: "dev" } },
    terraform: { required_providers: { aws: { source, version: ">= 5" } } },
    ...rest,
  });

const cdktf = stack("0.21.0", "aws", { list: [] });
const cdktn = stack("0.24.0", "hashicorp/aws", { list: [] });

test("versions, the provider's source and white space are no difference", () => {
  const spaced = JSON.stringify(JSON.parse(cdktf), null, 2).replace("[]", "[\n  ]");
  expect(withoutMarks("cdk.tf.json", spaced, "0.21.0")).toBe(withoutMarks("cdk.tf.json", cdktn, "0.24.0"));
  expect(withoutMarks("manifest.json", '{"version": "0.21.0"}', "0.21.0")).toBe(
    withoutMarks("manifest.json", '{"version": "0.24.0"}', "0.24.0"),
  );
});

test.each([
  ["a value", stack("0.24.0", "hashicorp/aws", { list: [1] })],
  ["an additional key", stack("0.24.0", "hashicorp/aws", { list: [], tag: "0.24.0" })],
  ["another provider", stack("0.24.0", "other/aws", { list: [] })],
  ["another version of the framework than the installed one", stack("0.23.0", "hashicorp/aws", { list: [] })],
])("%s is a difference", (_what, other) => {
  expect(withoutMarks("cdk.tf.json", cdktf, "0.21.0")).not.toBe(withoutMarks("cdk.tf.json", other, "0.24.0"));
});

test("the order of keys is a difference", () => {
  expect(withoutMarks("a.json", '{"a":1,"b":2}', "1")).not.toBe(withoutMarks("a.json", '{"b":2,"a":1}', "1"));
});

test("names each file that differs, with its first line, and each that one side lacks", () => {
  const folder = mkdtempSync(join(tmpdir(), "cdktn-test-"));
  const [one, other] = [join(folder, "one"), join(folder, "other")];
  const write = (folder: string, file: string, text: string) => {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write(one, "stacks/dev/cdk.tf.json", cdktf);
  write(other, "stacks/dev/cdk.tf.json", stack("0.24.0", "aws", { list: ["x"] }));
  write(one, "stacks/dev/same.js", "same");
  write(other, "stacks/dev/same.js", "same");
  write(one, "stacks/dev/code.js", `a\n${"b".repeat(201)}`);
  write(other, "stacks/dev/code.js", "a\nc");
  write(other, "stacks/dev/more.js", "");
  write(other, "bundles.dev.json", "the record of a build");
  expect(
    differences({ folder: one, frameworkVersion: "0.21.0" }, { folder: other, frameworkVersion: "0.24.0" }),
  ).toEqual([
    'stacks/dev/cdk.tf.json: "list": [] | "list": [',
    `stacks/dev/code.js: ${"b".repeat(200)} | c`,
    "stacks/dev/more.js: only in the other",
  ]);
  rmSync(folder, { recursive: true });
});

test("the documented command has the versions that are tested", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "toolchain.md"), "utf8");
  for (const alias of aliasArguments) expect(page).toContain(alias);
});

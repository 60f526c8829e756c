import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStack } from "../../../local/terraform/read-stack";
import type { Environment } from "../../../local/terraform/variables";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Reads a stack from a folder of its own, which holds further files. */
export function read(
  json: object | string,
  files: Readonly<Record<string, string>> = {},
  environment: Environment = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  folders.push(folder);
  for (const [name, content] of Object.entries({
    ...files,
    "cdk.tf.json": typeof json === "string" ? json : JSON.stringify(json),
  })) {
    writeFileSync(join(folder, name), content);
  }
  return readStack(folder, environment);
}

export const roles = (json: object, ...more: [Readonly<Record<string, string>>?, Environment?]) =>
  read(json, ...more)
    .resources("aws_iam_role")
    .map(({ address, values }) => [address, values["name"]]);
export const role = (body: object, more: object = {}) => ({ ...more, resource: { aws_iam_role: { r: body } } });

/** Where the code of a function lies: the folder that its archive would hold. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { nested, text } from "../terraform/json";
import { type Block, StackError, type SynthesizedStack } from "../terraform/read-stack";
import { readZip } from "./zip";

export interface FunctionCode {
  readonly folder: string;
  /** Whether the archive holds a file, by its path inside. */
  has(path: string): boolean;
}

/** Folders of unpacked archives by the hash of their content. */
const unpacked = new Map<string, string>();

/** Removes what was unpacked. */
export function removeUnpacked(): void {
  for (const folder of unpacked.values()) rmSync(folder, { recursive: true, force: true });
  unpacked.clear();
}

/** @throws StackError naming what is missing, or what cannot be read */
export function functionCode(stack: SynthesizedStack, block: Block): FunctionCode {
  const { values } = block;
  const archive = stack.data("archive_file").find((one) => one.values.output_path === values.filename);
  if (archive && values.filename !== undefined) return archived(stack, archive);
  const file = text(values.filename) ?? uploaded(stack, block);
  const path = file && resolve(stack.folder, file);
  if (!path) throw new StackError(`${block.address}: filename or s3_key must name the function's archive, got none`);
  if (!existsSync(path)) throw new StackError(`${block.address}: the archive ${file} is missing`);
  return unpack(block, readFileSync(path));
}

/** The file that an `aws_s3_object` of the stack uploads as the function's archive. */
function uploaded(stack: SynthesizedStack, { address, values }: Block): string | undefined {
  const { s3_bucket, s3_key } = values;
  if (s3_bucket === undefined) return undefined;
  const objects = [...stack.resources("aws_s3_object"), ...stack.resources("aws_s3_bucket_object")];
  const object = objects.find(({ values: { bucket, key } }) => bucket === s3_bucket && key === s3_key);
  if (!object) throw new StackError(`${address}: no aws_s3_object of cdk.tf.json is s3://${s3_bucket}/${s3_key}`);
  return text(object.values.source);
}

function archived(stack: SynthesizedStack, { address, values }: Block): FunctionCode {
  const directory = text(values.source_dir);
  const single = text(values.source_file);
  const path = resolve(stack.folder, directory ?? single ?? "");
  if ((directory ?? single) !== undefined && !existsSync(path)) {
    throw new StackError(
      `${address}: ${directory ? "the bundle folder" : "the file"} ${directory ?? single} is missing`,
    );
  }
  if (directory) return wholeFolder(path);
  if (single) return { folder: dirname(path), has: (file) => file === basename(path) };
  const written = [values.source ?? []].flat().map((source) => nested(source) ?? {});
  const files = text(values.source_content_filename)
    ? [{ filename: values.source_content_filename, content: values.source_content }]
    : written;
  if (files.length === 0) throw new StackError(`${address}: it has no source_dir, source_file or source`);
  const contents = files.map(({ filename, content }) => [String(filename), Buffer.from(String(content))] as const);
  return writeOut(contents, hashOf(JSON.stringify(files)));
}

function unpack({ address }: Block, zip: Buffer): FunctionCode {
  try {
    const files = readZip(zip).map(({ path, content }) => [path, content] as const);
    const known = unpacked.get(hashOf(zip));
    return known
      ? wholeFolder(known)
      : writeOut(
          files.map(([path, content]) => [path, content()]),
          hashOf(zip),
        );
  } catch (error) {
    throw new StackError(`${address}: its archive cannot be read: ${(error as Error).message}`);
  }
}

const hashOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

function writeOut(files: readonly (readonly [string, Buffer])[], hash: string): FunctionCode {
  const folder = unpacked.get(hash) ?? mkdtempSync(join(tmpdir(), "function-"));
  if (!unpacked.has(hash)) {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }
  unpacked.set(hash, folder);
  return wholeFolder(folder);
}

const wholeFolder = (folder: string): FunctionCode => ({ folder, has: (path) => existsSync(join(folder, path)) });

/** `index.handler` is the export `handler` of index.mjs, index.js or index.cjs. */
export function handlerFile(
  block: Block,
  { folder, has }: FunctionCode,
): { readonly file: string; readonly exportName: string } {
  const handler = String(block.values.handler);
  const dot = handler.lastIndexOf(".");
  const path = [".mjs", ".js", ".cjs"].map((end) => handler.slice(0, dot) + end).find(has);
  if (dot > 0 && path !== undefined) return { file: join(folder, path), exportName: handler.slice(dot + 1) };
  const held = readdirSync(folder).filter(has).join(", ") || "nothing";
  throw new StackError(`${block.address}: no file for handler ${handler} in the bundle, which holds ${held}`);
}

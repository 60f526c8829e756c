import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { computedAttributes } from "./computed";
import { checkDeclared } from "./declared";
import { createEvaluation, type Evaluation } from "./evaluation";
import { type JsonObject, nested, text } from "./json";
import { partitionOf } from "./partition";
import { StackError } from "./stack-error";
import { support } from "./support";

export { StackError };

/** One resource or data source of the synthesized JSON. */
export interface Block {
  /** Terraform's address: `aws_lambda_function.login`, `data.archive_file.login`. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /**
   * Attributes as configured plus the computed ones (`id`, `arn`, ...), every reference resolved. An attribute is
   * resolved when it is first read: reading one that cannot be resolved throws StackError.
   */
  readonly values: Readonly<Record<string, unknown>>;
}

/** A synthesized stack, read once. */
export interface SynthesizedStack {
  /** Absolute path of the folder that holds `cdk.tf.json`. */
  readonly folder: string;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** Second part of every ARN: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** Every resource of this type, in the order of the file. */
  resources(type: string): readonly Block[];
  /** Every data source of this type (named without `data.`), in the order of the file. */
  data(type: string): readonly Block[];
  /** Resources and data sources that no part of the local API serves: `aws_sqs_queue.jobs (cognito-api-dev-jobs)`. */
  readonly notEmulated: readonly string[];
}

/** Arguments of Terraform itself, not of the resource. */
const META = new Set(["//", "depends_on", "lifecycle", "provider", "provisioner", "connection", "timeouts"]);

/**
 * Reads `cdk.tf.json` in `folder`.
 * @throws StackError, in one line: file missing or not JSON, a type or an argument that changes responses and is not emulated, a reference to nothing.
 */
export function readStack(folder: string): SynthesizedStack {
  const root = resolve(folder);
  const json = readJson(join(root, "cdk.tf.json"), folder);
  if (nested(json.module)) throw new StackError("module: Terraform modules are not served locally");
  const blocks = new Map<string, Block>();
  const notEmulated: string[] = [];
  const stackName = text(nested(nested(json["//"])?.metadata)?.stackName) ?? basename(root);
  const evaluation = createEvaluation(json, { stackName, address: (address) => blocks.get(address) });
  for (const [address, type, name, body] of declarations(json)) {
    const supported = support(address, type, body);
    if (typeof supported === "object") throw new StackError(supported.rejected);
    if (supported === "not emulated") notEmulated.push(describe(address, body));
    blocks.set(address, { address, type, name, values: lazyValues(evaluation, address, body) });
  }
  checkDeclared(json, blocks, evaluation);
  const listed = (prefix: string) => (type: string) =>
    [...blocks.values()].filter(
      (block) => block.type === type && block.address.startsWith("data.") === (prefix !== ""),
    );
  const { region, accountId } = evaluation;
  const { id: partition } = partitionOf(region);
  return {
    folder: root,
    stackName,
    region,
    accountId,
    partition,
    resources: listed(""),
    data: listed("data."),
    notEmulated,
  };
}

function describe(address: string, { name, bucket }: JsonObject): string {
  const label = text(name) ?? text(bucket);
  return label === undefined || label.includes("${") ? address : `${address} (${label})`;
}

function readJson(file: string, folder: string): JsonObject {
  try {
    const json = nested(JSON.parse(readFileSync(file, "utf8")));
    if (json) return json;
    throw new SyntaxError("it is not an object");
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
    if (error instanceof SyntaxError) throw new StackError(`${file} is not valid JSON: ${line}`);
    throw new StackError(`${folder} is not a synthesized stack: cannot read ${file} (run \`npm run synth\`)`);
  }
}

/** `resource` and `data`, each an object of types or a list of such objects. */
function* declarations(
  json: JsonObject,
): Generator<readonly [address: string, type: string, name: string, body: JsonObject]> {
  for (const section of ["resource", "data"] as const) {
    const prefix = section === "data" ? "data." : "";
    for (const types of [json[section] ?? []].flat()) {
      for (const [type, names] of Object.entries(nested(types) ?? {})) {
        for (const named of [names].flat()) {
          for (const [name, body] of Object.entries(nested(named) ?? {})) {
            if (name !== "//") yield [`${prefix}${type}.${name}`, type, name, nested(body) ?? {}];
          }
        }
      }
    }
  }
}

/** Configured attributes and computed ones behind getters that resolve on the first read. */
function lazyValues(evaluation: Evaluation, address: string, body: JsonObject): JsonObject {
  const values: Record<string, unknown> = {};
  const computed = computedAttributes(address, evaluation, values);
  const configured = Object.keys(body).filter((key) => !META.has(key) && body[key] !== null);
  for (const key of new Set([...configured, ...Object.keys(computed)])) {
    const read = () => {
      const value =
        key in body && body[key] !== null ? evaluation.resolve(body[key], `${address}: ${key}`) : computed[key]?.();
      Object.defineProperty(values, key, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(values, key, { get: guard(read, `${address}.${key}`), enumerable: true, configurable: true });
  }
  return values;
}

/** Two attributes that refer to each other would recurse without end. */
function guard(read: () => unknown, what: string): () => unknown {
  let reading = false;
  return () => {
    if (reading) throw new StackError(`${what} refers to itself`);
    reading = true;
    try {
      return read();
    } finally {
      reading = false;
    }
  };
}

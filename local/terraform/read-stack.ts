import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Blocks, createBlocks, type Declaration } from "./blocks";
import { checkDeclared } from "./declared";
import { createEvaluation } from "./evaluation";
import { isTemplate } from "./interpolation";
import { type JsonObject, nested, text } from "./json";
import { partitionOf } from "./partition";
import { StackError } from "./stack-error";
import { isServedType, support } from "./support";
import type { Environment } from "./variables";

export { StackError };

/** One resource or data source of the synthesized JSON. */
export interface Block {
  /** Terraform's address: `aws_lambda_function.login`, `data.archive_file.login`, `aws_iam_role.reader[0]`. */
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

/**
 * Reads `cdk.tf.json` in `folder`.
 * @param environment gives variables their values, by `TF_VAR_name`
 * @throws StackError, in one line: file missing or not JSON, a type or an argument that changes responses and is not emulated, a reference to nothing.
 */
export function readStack(folder: string, environment: Environment = {}): SynthesizedStack {
  try {
    return read(folder, environment);
  } catch (error) {
    if (error instanceof RangeError) throw new StackError(`${join(folder, "cdk.tf.json")} is nested too deeply`);
    throw error;
  }
}

function read(folder: string, environment: Environment): SynthesizedStack {
  const root = resolve(folder);
  const json = readJson(join(root, "cdk.tf.json"), folder);
  if (nested(json.module)) throw new StackError("module: Terraform modules are not served locally");
  const stackName = text(nested(nested(json["//"])?.metadata)?.stackName) ?? basename(root);
  const declarations = [...declarationsOf(json)];
  let known: Blocks | undefined;
  const evaluation = createEvaluation(json, {
    folder: root,
    stackName,
    environment,
    address: (address) => known?.valuesAt(address),
  });
  const blocks = createBlocks(declarations, evaluation);
  known = blocks;
  checkDeclared(json, blocks.has, evaluation);
  const notEmulated: string[] = [];
  for (const declaration of declarations) {
    const { address, type, body } = declaration;
    if (!isServedType(address, type) && support(address, type, {}) === "not emulated") {
      notEmulated.push(describe(address, body));
    } else {
      for (const block of blocks.instances(declaration)) checkSupport(block, body);
    }
  }
  const { region, accountId } = evaluation;
  return {
    folder: root,
    stackName,
    region,
    accountId,
    partition: partitionOf(region).id,
    resources: (type) => blocks.ofType(type),
    data: (type) => blocks.ofType(`data.${type}`),
    notEmulated,
  };
}

function checkSupport({ address, type, values }: Block, body: JsonObject): void {
  const supported = support(address, type, body, (name) => values[name]);
  if (typeof supported === "object") throw new StackError(supported.rejected);
}

/** Arguments that name a resource in AWS, the usual one first. */
const NAMES = ["name", "bucket", "identifier", "cluster_identifier", "domain_name", "domain", "description"] as const;

function describe(address: string, body: JsonObject): string {
  const label = NAMES.map((argument) => text(body[argument])).find((value) => value !== undefined);
  return label === undefined || isTemplate(label) ? address : `${address} (${label})`;
}

function readJson(file: string, folder: string): JsonObject {
  try {
    const json = nested(JSON.parse(readFileSync(file, "utf8")));
    if (json) return json;
    throw new SyntaxError("it is not an object");
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
    if (error instanceof SyntaxError) throw new StackError(`${file} is not valid JSON: ${line}`);
    const stacks = existsSync(join(folder, "stacks")) ? readdirSync(join(folder, "stacks")) : [];
    const advice =
      stacks.length > 0
        ? `its stacks are in ${stacks.map((name) => join(folder, "stacks", name)).join(", ")}`
        : "run `npm run synth`";
    throw new StackError(`${folder} is not a synthesized stack: cannot read ${file} (${advice})`);
  }
}

/** `resource` and `data`, each an object of types or a list of such objects. */
function* declarationsOf(json: JsonObject): Generator<Declaration> {
  for (const section of ["resource", "data"] as const) {
    const prefix = section === "data" ? "data." : "";
    for (const types of [json[section] ?? []].flat()) {
      for (const [type, names] of Object.entries(nested(types) ?? {})) {
        for (const named of [names].flat()) {
          for (const [name, body] of Object.entries(nested(named) ?? {})) {
            if (name !== "//") yield { address: `${prefix}${type}.${name}`, type, name, body: nested(body) ?? {} };
          }
        }
      }
    }
  }
}

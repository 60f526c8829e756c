/** The part of a synthesized stack that goes to an emulator: what the local API does not serve itself. */

import { references } from "../terraform/interpolation";
import { type JsonObject, nested } from "../terraform/json";
import type { Block, SynthesizedStack } from "../terraform/read-stack";
import { support } from "../terraform/support";

type Sections = {
  resource: Record<string, Record<string, JsonObject>>;
  data: Record<string, Record<string, JsonObject>>;
};

export interface EmulatorStack {
  /** Terraform's JSON, with a state of its own. */
  readonly json: object;
  /** Addresses to create. */
  readonly created: readonly string[];
  /** Addresses that are left out: they connect to what the local API serves, such as a function. */
  readonly skipped: readonly string[];
}

/** Served types that a resource of the emulator may refer to: their attributes become literals. */
const LITERAL = /^(data\.)?aws_(iam_|dynamodb_table|region|caller_identity|partition|cloudwatch_log_group)/;

/** The provider waits a minute for these, and an emulator does nothing with them. */
const WITHOUT_EFFECT = new Set(["aws_s3_bucket_lifecycle_configuration"]);

/** @param json the content of `cdk.tf.json`, which `stack` was read from */
export function emulatorStack(json: JsonObject, stack: SynthesizedStack): EmulatorStack {
  const blocks = [...declared(json, "resource"), ...declared(json, "data")];
  const kept = new Map(
    blocks
      .filter(({ address, type, body }) => support(address, type, body) === "not emulated")
      .map((one) => [one.address, one]),
  );
  for (const { address, type, body } of kept.values()) {
    if (WITHOUT_EFFECT.has(type)) kept.delete(address);
    if (body.policy !== undefined && !forHttp(body.policy)) kept.delete(address);
  }
  const candidates = [...kept.keys()];
  const locals = localsOf(json);
  const isUsable = (name: string) => kept.has(name) || LITERAL.test(name) || /^(var|local)\./.test(name);
  const needs = (body: JsonObject) => withLocals(referencesIn(body), locals);
  /** An attribute of one of several instances has no single literal. */
  const isForAll = (body: JsonObject, name: string) => kept.has(name) || !isMultiplied(body) || !LITERAL.test(name);
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const { address, body } of kept.values()) {
      if (!needs(body).every((name) => isUsable(name) && isForAll(body, name))) kept.delete(address);
    }
  }
  const isForTerraform = (value: unknown) =>
    withLocals(referencesIn(value), locals).every((name) => kept.has(name) || /^(var|local)\./.test(name));
  const sections: Sections = { resource: {}, data: {} };
  for (const { section, type, name, address, body } of kept.values()) {
    const values = [...stack.resources(type), ...stack.data(type)].find((block) => block.address === address)?.values;
    sections[section][type] = {
      ...sections[section][type],
      [name]: literal(body, values ?? {}, (name) => kept.has(name), isForTerraform),
    };
  }
  const used = new Set([...kept.values()].map(({ type }) => type.split("_")[0] ?? ""));
  const ofUsed = (value: unknown) =>
    Object.fromEntries(Object.entries((value ?? {}) as JsonObject).filter(([name]) => used.has(name)));
  const nonEmpty = Object.entries(sections).filter(([, section]) => Object.keys(section).length > 0);
  return {
    json: {
      terraform: {
        required_providers: ofUsed((json.terraform as JsonObject | undefined)?.required_providers),
        backend: { local: { path: "terraform.tfstate" } },
      },
      provider: { ...ofUsed(json.provider), aws: [provider(stack.region)] },
      variable: json.variable,
      locals: Object.fromEntries(Object.entries(locals).filter(([, value]) => isForTerraform(value))),
      ...Object.fromEntries(nonEmpty),
    },
    created: [...kept.keys()].filter((address) => !address.startsWith("data.")),
    skipped: candidates.filter((address) => !kept.has(address)),
  };
}

const isMultiplied = ({ count, for_each }: JsonObject) => (count ?? for_each ?? null) !== null;

const provider = (region: string) => ({
  region,
  access_key: "local",
  secret_key: "local",
  s3_use_path_style: true,
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
});

interface Declared {
  readonly section: "resource" | "data";
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

function declared(json: JsonObject, section: "resource" | "data"): Declared[] {
  const prefix = section === "data" ? "data." : "";
  const types = Object.entries((json[section] ?? {}) as Record<string, Record<string, unknown>>);
  return types.flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => {
      const block = ([body].flat()[0] ?? {}) as JsonObject;
      return { section, type, name, address: `${prefix}${type}.${name}`, body: block };
    }),
  );
}

/** Addresses in the arguments of a block; `depends_on` orders only. */
function referencesIn(value: unknown): string[] {
  if (typeof value === "string") return references(value);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !["//", "depends_on", "provider"].includes(key))
    .flatMap(([, item]) => referencesIn(item));
}

function localsOf(json: JsonObject): JsonObject {
  return Object.assign({}, ...([json.locals ?? {}].flat() as JsonObject[]));
}

/** References with those of the locals among them, and of the locals that these name. */
function withLocals(names: readonly string[], locals: JsonObject): string[] {
  const found = new Set(names);
  for (const name of found) {
    if (name.startsWith("local."))
      for (const inner of referencesIn(locals[name.slice("local.".length)])) found.add(inner);
  }
  return [...found];
}

/**
 * A resource's policy without statements that deny requests over HTTP: an emulator has no TLS.
 * @returns undefined if nothing else is in it
 */
function forHttp(policy: unknown): unknown {
  try {
    const document = JSON.parse(String(policy)) as { Statement: unknown };
    const statements = [document.Statement].flat() as JsonObject[];
    const others = statements.filter(({ Effect, Condition }) => {
      const isTls = nested(nested(Condition)?.Bool)?.["aws:SecureTransport"];
      return Effect !== "Deny" || String(isTls) !== "false";
    });
    if (others.length === statements.length) return policy;
    return others.length > 0 ? JSON.stringify({ ...document, Statement: others }) : undefined;
  } catch {
    return policy; // an expression, which is not JSON yet
  }
}

/** An argument that refers to a served block becomes its local value; Terraform resolves the others. */
function literal(
  body: JsonObject,
  values: Block["values"],
  isKept: (name: string) => boolean,
  isForTerraform: (value: unknown) => boolean,
): JsonObject {
  const entries = Object.entries(body).flatMap(([key, value]): [string, unknown][] => {
    if (key === "//" || key === "lifecycle" || key === "provider") return [];
    if (key === "depends_on") return [[key, (value as string[]).filter(isKept)]];
    if (key === "policy") return [[key, forHttp(isForTerraform(value) ? value : values[key])]];
    return [[key, isForTerraform(value) ? value : values[key]]];
  });
  return Object.fromEntries(entries);
}

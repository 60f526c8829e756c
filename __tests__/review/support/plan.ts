/** Plans as `terraform show -json` writes them, with no more in them than a test is about. */
import type { Plan } from "../../../review/plan/plan";
import { readPlan } from "../../../review/plan/read-plan";

export type JsonObject = Record<string, unknown>;

export interface Resource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly module_address?: string;
  readonly index?: string | number;
  readonly previous_address?: string;
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: JsonObject;
  /** Not part of a plan's entry: goes to the plan's configuration. */
  readonly expressions?: JsonObject;
}

type Extra = Partial<Omit<Resource, "change" | "address">> & {
  /** `after_unknown` */
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly beforeSensitive?: unknown;
  readonly replacePaths?: readonly (readonly (string | number)[])[];
};

function resource(address: string, actions: string[], before: unknown, after: unknown, extra: Extra = {}): Resource {
  const { unknown = {}, sensitive = {}, beforeSensitive = sensitive, replacePaths, ...rest } = extra;
  const [type = "", name = ""] = address
    .replace(/^(module\.\w+\.)+/, "")
    .replace(/\[.*\]$/, "")
    .split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    ...rest,
    change: {
      actions,
      before,
      after,
      after_unknown: unknown,
      before_sensitive: beforeSensitive,
      after_sensitive: sensitive,
      ...(replacePaths && { replace_paths: replacePaths }),
    },
  };
}

export const kept = (address: string, values: JsonObject, extra?: Extra) =>
  resource(address, ["no-op"], values, values, extra);
export const created = (address: string, after: JsonObject, extra?: Extra) =>
  resource(address, ["create"], null, after, extra);
export const destroyed = (address: string, before: JsonObject, extra?: Extra) =>
  resource(address, ["delete"], before, null, extra);
export const updated = (address: string, before: JsonObject, after: JsonObject, extra?: Extra) =>
  resource(address, ["update"], before, after, extra);
export const replaced = (address: string, before: JsonObject, after: JsonObject, extra?: Extra) =>
  resource(address, ["delete", "create"], before, after, extra);
export const forgotten = (address: string, before: JsonObject) => resource(address, ["forget"], before, null);

/** Everything beside the resources: `output_changes`, `errored`, `configuration`, ... */
export function planFile(resources: readonly Resource[], rest: JsonObject = {}): JsonObject {
  const blocks = resources
    .filter((item) => item.expressions && !item.module_address)
    .map(({ mode, type, name, expressions }) => ({ address: `${type}.${name}`, mode, type, name, expressions }));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: resources.map(({ expressions, ...item }) => item),
    configuration: { root_module: { resources: blocks } },
    applyable: true,
    complete: true,
    errored: false,
    ...rest,
  };
}

export const planOf = (resources: readonly Resource[], rest?: JsonObject): Plan =>
  readPlan(JSON.stringify(planFile(resources, rest)));

/** `terraform show -json` of a saved plan: checked from top to bottom, so that everything behind can trust it. */

import { secretsOf } from "../secrets/collect";
import { mergeMarks } from "../secrets/mask";
import { ownMarks } from "../secrets/own-marks";
import { redactor } from "../secrets/redact";
import { configuration, type OutputDeclaration } from "./configuration";
import { incomplete } from "./incomplete";
import {
  type Action,
  type ActionInvocation,
  actions,
  type Change,
  type FailedCheck,
  type OutputChange,
  type Plan,
  type Verb,
} from "./plan";
import { PlanError } from "./plan-error";
import { planOf } from "./plan-of";
import { asList, asText, isObject, type JsonObject, own } from "./value";

const MAX_DEPTH = 200;

/** @throws PlanError that says what was found instead of a plan */
export function readPlan(text: string): Plan {
  const file = parse(text);
  const changes = list(file, "resource_changes").map((item, i) => readChange(item, i, "resource_changes"));
  const drift = list(file, "resource_drift").map((item, i) => readChange(item, i, "resource_drift"));
  const known = configuration(own(own(file, "configuration"), "root_module"));
  const outputs = Object.entries(object(file, "output_changes")).map(([name, item]) =>
    readOutput(name, item, known.outputs),
  );
  const redact = redactor(secretsOf(file, [...changes, ...drift, ...outputs]));
  return planOf(changes, known, {
    outputs,
    drift: drift.filter((change) => !change.data),
    actions: list(file, "action_invocations").map(readAction),
    failedChecks: failedChecks(list(file, "checks")),
    imported: list(file, "resource_changes").flatMap((item) =>
      own(own(item, "change"), "importing") === undefined ? [] : (asText(own(item, "address")) ?? []),
    ),
    incomplete: incomplete(file, new Set(changes.map((change) => change.address))),
    redact,
  });
}

function parse(text: string): JsonObject {
  const start = text.trimStart();
  if (start === "") throw new PlanError("got an empty file");
  if (text.startsWith("PK")) throw new PlanError("got a saved plan itself: run `terraform show -json` on it first");
  if (text.includes("\0")) {
    throw new PlanError("got UTF-16 text, as Windows PowerShell's `>` writes it: use `| Out-File -Encoding utf8`");
  }
  let file: unknown;
  try {
    // without a byte order mark
    file = JSON.parse(start);
  } catch {
    throw new PlanError(
      start.startsWith("{")
        ? "got JSON that is cut or broken"
        : "got text that is no JSON: run `terraform show -json` on a saved plan",
    );
  }
  if (isDeeper(file, MAX_DEPTH)) throw new PlanError(`got JSON nested deeper than ${MAX_DEPTH} levels`);
  if (!isObject(file)) throw new PlanError(`got ${describeType(file)}`);
  const other = otherFile(file);
  if (other) throw new PlanError(`got ${other}`);
  const format = file["format_version"];
  if (typeof format !== "string") throw new PlanError("got JSON without format_version");
  if (!/^[01]\.\d+$/.test(format)) {
    throw new PlanError(`got format_version ${JSON.stringify(format.slice(0, 20))}, and 0.x and 1.x are known`);
  }
  return file;
}

/** What people pass by mistake, each by its own name. */
function otherFile(file: JsonObject): string | undefined {
  if ("@level" in file) return "one line of `terraform plan -json`: save the plan, then run `terraform show -json`";
  if ("lineage" in file || "tfstate_version" in file) return "a state file";
  if ("provider_schemas" in file) return "provider schemas";
  if ("resource_changes" in file || "planned_values" in file) return undefined;
  if ("values" in file) return "a state: `terraform show -json` was run without the saved plan";
  if ("resource" in file || "//" in file) return "Terraform configuration";
  if ("errored" in file && "format_version" in file) return undefined;
  return "JSON with neither resource_changes nor planned_values";
}

/** Whether anything is nested deeper: a hostile file must not end in a stack overflow, here neither. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) {
    const child: unknown = (value as JsonObject)[key];
    if (typeof child === "object" && isDeeper(child, levels - 1)) return true;
  }
  return false;
}

function readChange(item: unknown, i: number, part: string): Change {
  const change = own(item, "change");
  const where = `${part}[${i}]`;
  if (!isObject(item) || !isObject(change)) {
    throw new PlanError(`${where}.change must be an object, got ${describeType(change)}`);
  }
  const data = item["mode"] === "data";
  const [before, after] = [values(change, "before", where), values(change, "after", where)];
  return {
    address: text(item, "address", where),
    type: text(item, "type", where),
    name: text(item, "name", where),
    module: (asText(item["module_address"]) ?? "").replace(/\[[^\]]*\]/g, ""),
    index: item["index"] === undefined ? "" : JSON.stringify(item["index"]),
    verb: data ? "keep" : verb(change, `${where}.change`),
    data,
    deposed: item["deposed"] !== undefined,
    previousAddress: asText(item["previous_address"]),
    actionReason: asText(item["action_reason"]),
    replacePaths: asList(change["replace_paths"]).map((path) => asList(path).map(String).join(".")),
    before,
    after,
    unknown: change["after_unknown"],
    beforeSensitive: mergeMarks(change["before_sensitive"], ownMarks("", before)),
    afterSensitive: mergeMarks(change["after_sensitive"], ownMarks("", after)),
  };
}

function readAction(item: unknown): ActionInvocation {
  return { address: asText(own(item, "address")) ?? "an action", type: asText(own(item, "type")) ?? "" };
}

function failedChecks(checks: readonly unknown[]): FailedCheck[] {
  return checks
    .filter((check) => own(check, "status") === "fail" || own(check, "status") === "error")
    .map((check) => ({
      address: asText(own(own(check, "address"), "to_display")) ?? "a check",
      messages: asList(own(check, "instances")).flatMap((instance) =>
        asList(own(instance, "problems")).flatMap((problem) => asText(own(problem, "message")) ?? []),
      ),
    }));
}

function readOutput(name: string, item: unknown, declared: ReadonlyMap<string, OutputDeclaration>): OutputChange {
  const where = `output_changes.${JSON.stringify(name)}`;
  if (!isObject(item)) throw new PlanError(`${where} must be an object, got ${describeType(item)}`);
  const declaration = declared.get(name);
  return {
    name,
    verb: verb(item, where),
    before: item["before"],
    after: item["after"],
    unknown: item["after_unknown"],
    beforeSensitive: mergeMarks(item["before_sensitive"], ownMarks(name, item["before"])),
    afterSensitive: mergeMarks(item["after_sensitive"], ownMarks(name, item["after"])),
    declaredSensitive: declaration?.sensitive ?? false,
    references: declaration?.references ?? [],
  };
}

const verbs: Readonly<Record<string, Verb>> = {
  "": "keep",
  "no-op": "keep",
  read: "keep",
  // ephemeral resources leave nothing behind
  open: "keep",
  renew: "keep",
  close: "keep",
  create: "create",
  update: "update",
  delete: "destroy",
  forget: "forget",
  "create delete": "replace",
  "delete create": "replace",
  "create forget": "forget",
  "forget create": "forget",
};

const isAction = (item: unknown): item is Action => actions.some((action) => action === item);

function verb({ actions: value }: JsonObject, where: string): Verb {
  const found = Array.isArray(value) && value.every(isAction) ? verbs[value.join(" ")] : undefined;
  if (!found) {
    throw new PlanError(`${where}.actions must be a list of actions that Terraform knows, got ${describeType(value)}`);
  }
  return found;
}

function text(item: JsonObject, key: string, where: string): string {
  const value = item[key];
  if (typeof value !== "string") throw new PlanError(`${where}.${key} must be a string, got ${describeType(value)}`);
  return value;
}

function values(change: JsonObject, key: string, where: string): JsonObject | undefined {
  const value = change[key];
  if (value === null || value === undefined) return undefined;
  if (!isObject(value))
    throw new PlanError(`${where}.change.${key} must be an object or null, got ${describeType(value)}`);
  return value;
}

function list(file: JsonObject, key: string): readonly unknown[] {
  const value = file[key] ?? [];
  if (!Array.isArray(value)) throw new PlanError(`${key} must be a list, got ${describeType(value)}`);
  return value;
}

function object(file: JsonObject, key: string): JsonObject {
  const value = file[key] ?? {};
  if (!isObject(value)) throw new PlanError(`${key} must be an object, got ${describeType(value)}`);
  return value;
}

/** Never the value itself: it may be a secret, or a terminal escape. */
function describeType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return value === undefined ? "nothing" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Whether a plan shows everything that will happen. One that was stopped, cut or targeted does not. */
import { PlanError } from "./plan-error";
import { asList, asText, type JsonObject, own } from "./value";

/** @returns the reasons, a sentence each; empty for a whole plan. Terraform before 1.8 does not say `complete`. */
export function incomplete(file: JsonObject, addresses: ReadonlySet<string>): string[] {
  const reasons: string[] = [];
  if (flag(file, "errored") === true) {
    reasons.push("Terraform stopped at an error (prevent_destroy is one): part of the resources is missing.");
  } else if (flag(file, "complete") === false) {
    reasons.push("The plan is partial (-target, or a deferred change): what was left out is not shown.");
  }
  if (asList(file["deferred_changes"]).length > 0) reasons.push("Some changes are deferred to a later plan.");
  const missing = planned(own(own(file, "planned_values"), "root_module")).filter((address) => !addresses.has(address));
  if (missing.length > 0 && reasons.length === 0) {
    reasons.push(`${missing.length} planned resources have no entry in resource_changes: the file was cut.`);
  }
  return reasons;
}

function flag(file: JsonObject, key: string): boolean | undefined {
  const value = file[key];
  if (value !== undefined && typeof value !== "boolean") throw new PlanError(`${key} must be true or false`);
  return value;
}

function planned(root: unknown): string[] {
  const found: string[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const resource of asList(own(node, "resources"))) {
      const address = asText(own(resource, "address"));
      if (address !== undefined && own(resource, "mode") === "managed") found.push(address);
    }
    waiting.push(...asList(own(node, "child_modules")));
  }
  return found;
}

/** From an attribute to the resource that it refers to, by its id where that is known and by its expression where not. */
import type { Change, Plan } from "./plan";
import { policyDocument } from "./policy-document";
import { predecessor } from "./renamed";
import { asObject, asText, hasMarkAt, type JsonObject, own, pick, texts } from "./value";

export type Side = "before" | "after";

/** Bound of a chain of variables and outputs through modules. */
const MAX_HOPS = 20;

export const isUnknown = (change: Change, path: string): boolean => hasMarkAt(change.unknown, path);

/**
 * The one resource of these types that an attribute refers to, through variables, outputs and other resources.
 * Several different ones: none, since a guess is worse.
 */
export function target(
  plan: Plan,
  change: Change,
  attribute: string,
  types: readonly string[],
  side: Side,
  hops = MAX_HOPS,
): Change | undefined {
  const id = asText(pick(change[side], attribute));
  if (id !== undefined) {
    for (const type of types) {
      const found = plan.withId(type, id);
      if (found?.[side]) return found;
    }
    return undefined;
  }
  if (side === "before" || hops === 0) return undefined;
  const found = new Set<Change>();
  for (const other of referencedResources(plan, change, attribute)) {
    // method settings know their API through the stage
    const hit = types.includes(other.type) ? other : target(plan, other, attribute, types, side, hops - 1);
    if (hit) found.add(hit);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/** The resources that stand in an attribute's expression. */
export function referencedResources(plan: Plan, change: Change, attribute: string): Change[] {
  const block = plan.block(change);
  const expression = block && pick(block.expressions, attribute);
  if (!block || !expression) return [];
  return followReferences(plan, block.module, texts(own(expression, "references")), change.index, MAX_HOPS).filter(
    (other) => other !== change,
  );
}

function followReferences(
  plan: Plan,
  module: string,
  references: readonly string[],
  index: string,
  hops: number,
): Change[] {
  if (hops === 0) return [];
  const next = (where: string, expression: JsonObject | undefined) =>
    followReferences(plan, where, texts(expression?.["references"]), index, hops - 1);
  return references.flatMap((reference) => {
    const parts = reference.split(".");
    const [first = "", second = "", third = ""] = parts;
    if (first === "var") {
      return next(module.replace(/\.?module\.[^.]*$/, ""), plan.moduleExpression(module, "variable", bare(second)));
    }
    if (first === "module") {
      const child = `${module}${module && "."}module.${bare(second)}`;
      return third ? next(child, plan.moduleExpression(child, "output", bare(third))) : [];
    }
    return instance(plan.instances(module, first, bare(second)), second, index);
  });
}

const bare = (name: string) => name.replace(/\[.*$/, "");

/** With `for_each`, the instance that the reference names, or the one with the same key as the resource that refers. */
function instance(instances: readonly Change[], reference: string, index: string): Change[] {
  if (instances.length <= 1) return [...instances];
  const named = /\[(.*)\]$/.exec(reference)?.[1];
  return instances.filter((change) => change.index === (named ?? index));
}

/**
 * A string that is known only after apply, as far as the configuration tells it: Terraform's JSON syntax keeps the
 * text, with `${type.name.attribute}` in it, its own language keeps the references only. References are filled in with
 * what is known of them, before where not after: the resource stays the same one, and so does its ARN's meaning.
 */
export function template(plan: Plan, change: Change, attribute: string): string | undefined {
  const block = plan.block(change);
  const text = block && asText(own(pick(block.expressions, attribute), "constant_value"));
  if (!block || !text?.includes("${")) return undefined;
  return text.replace(/\$\{([\w-]+)\.([\w-]+)\.([\w-]+)\}/g, (whole, type: string, name: string, path: string) => {
    const [only, ...others] = plan.instances(block.module, type, name);
    if (!only || others.length > 0) return whole;
    return asText(pick(only.after, path)) ?? asText(pick(earlier(plan, only), path)) ?? whole;
  });
}

/** All of the text is a policy document, in Terraform's JSON syntax. */
const DOCUMENT = /^\$\{data\.aws_iam_policy_document\.[\w-]+\.(minified_)?json\}$/;

/** An attribute after the change: its value, or what the configuration says of it; undefined when neither is known. */
export function plannedValue(plan: Plan, change: Change, attribute: string): unknown {
  if (!isUnknown(change, attribute)) return pick(change.after, attribute);
  const text = template(plan, change, attribute);
  return text === undefined || DOCUMENT.test(text) ? policyDocument(plan, change, attribute) : text;
}

/** A renamed resource is the same one to whatever refers to it. */
const earlier = (plan: Plan, change: Change) => change.before ?? predecessor(plan, change)?.before;

/** An unknown value that still comes from the very resources whose ids and ARNs stood there before. */
export function refersAsBefore(plan: Plan, change: Change, attribute: string): boolean {
  const before = pick(change.before, attribute);
  const values = typeof before === "string" ? [before] : texts(before);
  const sources = referencedResources(plan, change, attribute).map((source) =>
    Object.values(asObject(earlier(plan, source))),
  );
  return (
    values.length > 0 &&
    values.every((value) => sources.some((source) => source.includes(value))) &&
    sources.every((source) => values.some((value) => source.includes(value)))
  );
}

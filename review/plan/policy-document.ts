/**
 * A policy from an `aws_iam_policy_document` that is read during the apply: its JSON is unknown until then, but the
 * statements stand in the plan.
 */
import type { Change, Plan } from "./plan";
import { asList, asText, hasMark, isEmpty, isObject, own, pick, texts } from "./value";

const TYPE = "aws_iam_policy_document";
const UNKNOWN = "(known after apply)";

/** @returns the policy as JSON; undefined when it has another source, or a part that decides what it allows is unknown */
export function policyDocument(plan: Plan, change: Change, attribute: string): string | undefined {
  const block = plan.block(change);
  const references = texts(own(pick(block?.expressions, attribute), "references"));
  const names = new Set(
    references.flatMap((reference) => /^data\.aws_iam_policy_document\.([\w-]+)/.exec(reference)?.[1] ?? []),
  );
  const [name] = names;
  if (!block || name === undefined || names.size > 1) return undefined;
  const [document, ...others] = plan.data(block.module, TYPE, name);
  if (!document?.after || others.length > 0) return undefined;
  const sources = ["source_json", "override_json", "source_policy_documents", "override_policy_documents"];
  if (sources.some((source) => !isEmpty(own(document.after, source)) || hasMark(own(document.unknown, source))))
    return undefined;
  const marks = asList(own(document.unknown, "statement"));
  const statements = asList(own(document.after, "statement")).map((item, i) => statement(item, marks[i]));
  return statements.includes(undefined) ? undefined : JSON.stringify({ Statement: statements });
}

function statement(item: unknown, marks: unknown): object | undefined {
  const deciding = ["actions", "not_actions", "resources", "not_resources", "principals", "not_principals", "effect"];
  if (marks === true || deciding.some((name) => hasMark(own(marks, name)))) return undefined;
  const part = (key: string, name: string) => {
    const list = texts(own(item, name));
    return list.length > 0 && { [key]: list };
  };
  return {
    Effect: asText(own(item, "effect")) ?? "Allow",
    ...part("Action", "actions"),
    ...part("NotAction", "not_actions"),
    ...part("Resource", "resources"),
    ...part("NotResource", "not_resources"),
    ...principals("Principal", own(item, "principals")),
    ...principals("NotPrincipal", own(item, "not_principals")),
    ...conditions(own(item, "condition")),
  };
}

function principals(key: string, list: unknown): object {
  const found: Record<string, string[]> = {};
  for (const item of asList(list)) {
    const type = asText(own(item, "type")) ?? "AWS";
    found[type] = [...(found[type] ?? []), ...texts(own(item, "identifiers"))];
  }
  if (Object.keys(found).length === 0) return {};
  return { [key]: found["*"] ? "*" : found };
}

function conditions(list: unknown): object {
  const found: Record<string, Record<string, unknown>> = {};
  for (const item of asList(list).filter(isObject)) {
    const [test, variable] = [String(item["test"]), String(item["variable"])];
    const values = asList(item["values"]).map((value) => (typeof value === "string" ? value : UNKNOWN));
    found[test] = { ...found[test], [variable]: values };
  }
  return Object.keys(found).length === 0 ? {} : { Condition: found };
}

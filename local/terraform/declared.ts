import type { Evaluation } from "./evaluation";
import { parts, references } from "./interpolation";
import type { JsonObject } from "./json";
import { StackError } from "./stack-error";

/**
 * Every reference must name something that is declared, also where the value is never read: Terraform would reject the
 * whole file, so serving a part of it would only hide the mistake.
 * @throws StackError naming the address, the attribute and the reference.
 */
export function checkDeclared(json: JsonObject, blocks: ReadonlyMap<string, unknown>, evaluation: Evaluation): void {
  const declared = (name: string) => {
    const [kind, key = ""] = name.split(".");
    if (kind === "var") return Object.hasOwn(evaluation.variables, key);
    if (kind === "local") return Object.hasOwn(evaluation.locals, key);
    return blocks.has(name);
  };
  for (const [where, value] of strings(json, [])) {
    const named = where.at(-2) === "depends_on" ? [value] : parts(value).flatMap(expressionReferences);
    const dangling = named.find((name) => !declared(name));
    if (dangling) throw new StackError(`${place(where)}: "${dangling}" is not declared in cdk.tf.json`);
  }
}

const expressionReferences = (part: ReturnType<typeof parts>[number]) =>
  "expression" in part ? references(part.expression) : [];

/** Every string below a value with its path; comments (`//`) hold CDKTF's own metadata. */
function* strings(value: unknown, path: readonly string[]): Generator<readonly [readonly string[], string]> {
  if (typeof value === "string") yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) if (key !== "//") yield* strings(item, [...path, key]);
}

/** `resource/aws_x/y/attribute/0` as `aws_x.y: attribute.0`. */
function place(path: readonly string[]): string {
  const [section, type, name, ...attribute] = path.filter(
    (key, index) => index === 0 || index > 3 || !/^\d+$/.test(key),
  );
  if (section !== "resource" && section !== "data") return path.join(".");
  return `${section === "data" ? "data." : ""}${type}.${name}: ${attribute.join(".")}`;
}

import { dynamicBlocks } from "./dynamic";
import type { Evaluation } from "./evaluation";
import { isTemplate, references, SyntaxFault } from "./interpolation";
import type { JsonObject } from "./json";
import { StackError } from "./stack-error";

/**
 * Every reference must name something that is declared, also where the value is never read: Terraform would reject the
 * whole file, so serving a part of it would only hide the mistake.
 * @throws StackError naming the address, the attribute and the reference.
 */
export function checkDeclared(json: JsonObject, has: (address: string) => boolean, evaluation: Evaluation): void {
  const declared = (name: string) => {
    const [kind, key = ""] = name.split(".");
    if (kind === "var") return evaluation.variables.has(key);
    if (kind === "local") return Object.hasOwn(evaluation.locals, key);
    return has(name);
  };
  for (const { path, text, bound } of collect(json, [], [], [])) {
    const dangling = named(path, text, bound).find((name) => !declared(name));
    if (dangling) throw new StackError(`${place(path)}: "${dangling}" is not declared in cdk.tf.json`);
  }
}

function named(path: readonly string[], text: string, bound: readonly string[]): string[] {
  // Of an instance, the block is declared.
  if (path.at(-2) === "depends_on") return [text.replace(/\[.*\]$/, "")];
  try {
    return references(text, bound);
  } catch (error) {
    if (error instanceof SyntaxFault)
      throw new StackError(`${place(path)}: ${JSON.stringify(text)} is no expression: ${error.message}`);
    throw error;
  }
}

interface Found {
  readonly path: readonly string[];
  readonly text: string;
  readonly bound: readonly string[];
}

/** Every string below a value; comments (`//`) hold CDKTF's own metadata. */
function collect(value: unknown, path: readonly string[], bound: readonly string[], found: Found[]): Found[] {
  if (path[0] === "variable") return found; // a type names no value, and a default is literal
  if (typeof value === "string") found.push({ path, text: value, bound });
  if (typeof value !== "object" || value === null) return found;
  const iterators = dynamicBlocks(value as JsonObject).flatMap(([label, blocks]) => [
    label,
    ...blocks.map(({ iterator }) => String(iterator ?? label)),
  ]);
  for (const [key, item] of Object.entries(value)) {
    if (key === "//" || key === "iterator" || (path.length === 0 && key === "terraform")) continue;
    if (!Array.isArray(value) && isTemplate(key)) found.push({ path: [...path, key], text: key, bound });
    collect(item, [...path, key], [...bound, ...iterators], found);
  }
  return found;
}

/** `resource/aws_x/y/attribute/0` as `aws_x.y: attribute.0`. */
function place(path: readonly string[]): string {
  const [section, type, name, ...attribute] = path.filter(
    (key, index) => index === 0 || index > 3 || !/^\d+$/.test(key),
  );
  if (section !== "resource" && section !== "data") return path.join(".");
  return `${section === "data" ? "data." : ""}${type}.${name}: ${attribute.join(".")}`;
}

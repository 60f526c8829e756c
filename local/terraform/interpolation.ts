import { parseTemplate } from "./expression/parse";
import { children, type Expression, SyntaxFault } from "./expression/syntax";

/** Whether a string holds more than plain text. `$${` and `%%{` stand for themselves without the doubled sign. */
export const isTemplate = (source: string): boolean => source.includes("${") || source.includes("%{");

/** A lone reference, which most strings with expressions are: read without the parser. */
const REFERENCE = /^\$\{([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+)\}$/;

/** @throws SyntaxFault */
export function parseString(source: string): Expression {
  if (!isTemplate(source)) return { kind: "literal", value: source };
  const [name = "", ...attributes] = REFERENCE.exec(source)?.[1]?.split(".") ?? [];
  if (name === "") return parseTemplate(source);
  return attributes.reduce<Expression>((of, attribute) => ({ kind: "attribute", of, name: attribute }), {
    kind: "name",
    name,
  });
}

/** Names that belong to no block, variable or local value. */
const BUILT_IN = new Set(["path", "terraform", "each", "count", "self"]);

/**
 * Every resource, data source, variable, local value and module that a string names: `aws_x.y`, `data.aws_x.y`, `var.x`.
 * @param bound names that mean something else here: what `dynamic` blocks iterate over
 * @throws SyntaxFault
 */
export function references(source: string, bound: readonly string[] = []): string[] {
  return isTemplate(source) ? referencesIn(parseString(source), bound) : [];
}

function referencesIn(node: Expression, bound: readonly string[]): string[] {
  const path = pathOf(node);
  if (path) {
    const [root = ""] = path;
    if (bound.includes(root) || BUILT_IN.has(root)) return [];
    return [path.slice(0, root === "data" ? 3 : 2).join(".")];
  }
  if (node.kind !== "for" && node.kind !== "repeat") return children(node).flatMap((one) => referencesIn(one, bound));
  const { key, value, of } = node.loop;
  const inner = [...bound, value, ...(key === undefined ? [] : [key])];
  return children(node).flatMap((one) => referencesIn(one, one === of ? bound : inner));
}

/** `a.b.c` as its names; undefined for any other expression. */
function pathOf(node: Expression): string[] | undefined {
  if (node.kind === "name") return [node.name];
  const path = node.kind === "attribute" ? pathOf(node.of) : undefined;
  return path && node.kind === "attribute" ? [...path, node.name] : undefined;
}

export { SyntaxFault };

/** Terraform's expressions as a tree: https://developer.hashicorp.com/terraform/language/expressions */

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  /** Texts and expressions in turn; a template of one expression keeps its type. */
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "if"; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: "repeat"; readonly loop: Loop; readonly body: Expression }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  /** `each` is evaluated per element, which is its `item`. */
  | { readonly kind: "splat"; readonly of: Expression; readonly each: Expression }
  | { readonly kind: "item" }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly expand: boolean }
  | { readonly kind: "unary"; readonly operator: string; readonly of: Expression }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: "for";
      readonly loop: Loop;
      /** Of an object; undefined for a list. */
      readonly key: Expression | undefined;
      readonly value: Expression;
      readonly condition: Expression | undefined;
      readonly grouped: boolean;
    };

export interface Loop {
  readonly key: string | undefined;
  readonly value: string;
  readonly of: Expression;
}

/** The source is no expression. The message says what is expected, and where. */
export class SyntaxFault extends Error {
  override readonly name = "SyntaxFault";
}

/** Every expression directly inside another one. */
export function children(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "template":
      return node.parts;
    case "if":
      return [node.condition, node.yes, node.no];
    case "repeat":
      return [node.loop.of, node.body];
    case "attribute":
    case "unary":
      return [node.of];
    case "index":
      return [node.of, node.key];
    case "splat":
      return [node.of, node.each];
    case "call":
      return node.args;
    case "binary":
      return [node.left, node.right];
    case "list":
      return node.items;
    case "object":
      return node.entries.flat();
    case "for":
      return [node.loop.of, node.value, ...[node.key ?? [], node.condition ?? []].flat()];
    default:
      return [];
  }
}

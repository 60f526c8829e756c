/** The configuration that a plan carries with it: expressions and references, but no `lifecycle` and no locals. */
import type { Block } from "./plan";
import { asList, asObject, asText, isObject, type JsonObject, own, texts } from "./value";

export interface OutputDeclaration {
  readonly sensitive: boolean;
  readonly references: readonly string[];
}

export interface Configuration {
  /** By module, type and name, as `blockKey` writes them. */
  readonly blocks: ReadonlyMap<string, Block>;
  /** By module, `variable` or `output`, and name. */
  readonly expressions: ReadonlyMap<string, JsonObject>;
  /** Of the root module. */
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
}

export function configuration(root: unknown): Configuration {
  const blocks = new Map<string, Block>();
  const expressions = new Map<string, JsonObject>();
  const waiting: { module: string; node: unknown }[] = [{ module: "", node: root }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { module, node } = next;
    for (const resource of asList(own(node, "resources"))) {
      const [type, name] = [asText(own(resource, "type")), asText(own(resource, "name"))];
      if (own(resource, "mode") === "data" || type === undefined || name === undefined) continue;
      blocks.set(`${module} ${type}.${name}`, { module, expressions: asObject(own(resource, "expressions")) });
    }
    for (const [name, output] of Object.entries(asObject(own(node, "outputs")))) {
      expressions.set(`${module} output ${name}`, asObject(own(output, "expression")));
    }
    for (const [name, call] of Object.entries(asObject(own(node, "module_calls")))) {
      const child = `${module}${module && "."}module.${name}`;
      for (const [variable, expression] of Object.entries(asObject(own(call, "expressions")))) {
        if (isObject(expression)) expressions.set(`${child} variable ${variable}`, expression);
      }
      waiting.push({ module: child, node: own(call, "module") });
    }
  }
  return { blocks, expressions, outputs: outputsOf(root) };
}

function outputsOf(root: unknown): Map<string, OutputDeclaration> {
  const declared = Object.entries(asObject(own(root, "outputs")));
  return new Map(
    declared.map(([name, output]) => [
      name,
      {
        sensitive: own(output, "sensitive") === true,
        references: texts(own(own(output, "expression"), "references")),
      },
    ]),
  );
}

import type { Block } from "../../terraform/read-stack";

/** Blocks by the text of some of their attributes: with thousands of routes, a search per route takes minutes. */
export function indexBlocks(blocks: readonly Block[], ...attributes: string[]): (values: Block["values"]) => Block[] {
  const found = new Map<string, Block[]>();
  const keyOf = (values: Block["values"]) => attributes.map((name) => String(values[name])).join("\n");
  for (const block of blocks) {
    const key = keyOf(block.values);
    const same = found.get(key);
    if (same) same.push(block);
    else found.set(key, [block]);
  }
  return (values) => found.get(keyOf(values)) ?? [];
}

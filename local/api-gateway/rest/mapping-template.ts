import { Compile, parse } from "velocityjs";
import { type Block, StackError } from "../../terraform/read-stack";
import type { MappingSources } from "../common/integration";
import { javaMethods } from "./java-methods";
import { createInput } from "./mapping-input";
import { util } from "./mapping-util";

/** What templates set in `$context`: the request template of a MOCK, then the response template. */
export interface Overrides {
  readonly requestOverride: Readonly<Record<"header" | "path" | "querystring", Record<string, unknown>>>;
  readonly responseOverride: { status?: unknown; readonly header: Record<string, unknown> };
}

export const noOverrides = (): Overrides => ({
  requestOverride: { header: {}, path: {}, querystring: {} },
  responseOverride: { header: {} },
});

/** Renders a VTL template, compiled once. @throws Error if rendering fails */
export type MappingTemplate = (sources: MappingSources, body: string, overrides: Overrides) => string;

/** @throws StackError if the template is no VTL */
export function mappingTemplate(source: string, where: string): MappingTemplate {
  const syntax = parsed(source, where);
  silenceMissing(syntax);
  return (sources, body, overrides) =>
    new Compile(syntax, { escape: false, customMethodHandlers: javaMethods }).render({
      context: { ...withoutNulls(sources.context), ...overrides },
      stageVariables: { ...sources.stageVariables },
      input: createInput(sources, body),
      util,
    });
}

function parsed(source: string, where: string) {
  try {
    return parse(source);
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new StackError(`${where}: the mapping template is not valid VTL: ${line}`);
  }
}

/** Null values of an event count as missing in a template. */
const withoutNulls = (values: object): object =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === "object" && !Array.isArray(value) ? withoutNulls(value) : value]),
  );

interface Node {
  readonly type?: string;
  readonly id?: string;
  readonly to?: string;
  readonly equal?: readonly Node[];
  leader?: string;
}

const BUILT_IN = ["context", "stageVariables", "input", "util"];

/**
 * API Gateway prints nothing for a missing value, where VTL prints the reference itself. An undefined name stays text.
 */
function silenceMissing(syntax: unknown): void {
  const nodes = [...nodesOf(syntax)];
  const defined = new Set([
    ...BUILT_IN,
    ...nodes.flatMap(({ type, to, equal }) => (type === "foreach" ? to : equal?.[0]?.id) ?? []),
  ]);
  for (const node of nodes) if (node.type === "references" && defined.has(node.id ?? "")) node.leader = "$!";
}

function* nodesOf(syntax: unknown): Generator<Node> {
  if (typeof syntax !== "object" || syntax === null) return;
  if (!Array.isArray(syntax)) yield syntax as Node;
  for (const inner of Object.values(syntax)) yield* nodesOf(inner);
}

/** The templates of a block by content type, compiled. */
export function mappingTemplates({ address, values }: Block, attribute: string): ReadonlyMap<string, MappingTemplate> {
  const given = Object.entries((values[attribute] ?? {}) as Record<string, unknown>);
  return new Map(given.map(([type, source]) => [type, mappingTemplate(String(source), `${address}: ${attribute}`)]));
}

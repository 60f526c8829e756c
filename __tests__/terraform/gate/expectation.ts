/** The exact actions of a plan, by address. */
import type { Action, PlannedChange } from "./plan";

/**
 * `update aws_lambda_function.functions_echo_function`: action and address, without the hash that CDKTF appends. `*` in an
 * address matches anything: then every resource of the plan that it matches must have the action. The first line that
 * matches a resource counts; a resource that no line matches must not change; a line that matches nothing is an error.
 */
export type Expected = `${Action} ${string}`;

/** @returns one line per resource with another action than expected, and per line that matches nothing */
export function findUnexpected(changes: readonly PlannedChange[], expected: readonly Expected[]): string[] {
  const lines = expected.map((line) => {
    const [action = "", pattern = ""] = line.split(" ");
    return { line, action, fits: matcher(pattern) };
  });
  const used = new Set<string>();
  const wrong = changes.flatMap(({ address, action, attributes }) => {
    const match = lines.find(({ fits }) => fits(withoutHash(address)));
    if (match) used.add(match.line);
    const wanted = match?.action ?? "no-op";
    return action === wanted ? [] : [`${action} ${address} ${attributes.join(", ")} (expected ${wanted})`];
  });
  return [...wrong, ...expected.filter((line) => !used.has(line)).map((line) => `nothing matches: ${line}`)];
}

const withoutHash = (address: string) => address.replace(/_[0-9A-F]{8}$/, "");

function matcher(pattern: string): (address: string) => boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const regex = new RegExp(`^${source}$`);
  return (address) => regex.test(address);
}

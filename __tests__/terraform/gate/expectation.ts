/** What a plan must do, by address: exactly this, and nothing else. */
import type { Action, PlannedChange } from "./plan";

/**
 * `update aws_lambda_function.functions_echo_function`: action and address, without the hash that CDKTF appends. `*` in an
 * address stands for anything: then every resource of the plan that it fits must have the action. The first line that
 * fits a resource counts; a resource that no line fits must stay as it is; a line that fits nothing is wrong.
 */
export type Expected = `${Action} ${string}`;

/** @returns a line for each resource with another action than expected, and for each line that fits nothing */
export function unexpected(changes: readonly PlannedChange[], expected: readonly Expected[]): string[] {
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
  return [...wrong, ...expected.filter((line) => !used.has(line)).map((line) => `nothing fits: ${line}`)];
}

const withoutHash = (address: string) => address.replace(/_[0-9A-F]{8}$/, "");

function matcher(pattern: string): (address: string) => boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const regex = new RegExp(`^${source}$`);
  return (address) => regex.test(address);
}

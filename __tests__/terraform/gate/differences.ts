import type { PlannedChange } from "./plan";

/** One line per resource that a plan changes. */
export function formatChanges(changes: readonly PlannedChange[]): string[] {
  return changes
    .filter(({ action }) => action !== "no-op")
    .map(({ action, address, attributes }) => `${action} ${address} ${attributes.join(", ")}`.trim());
}

/** Which of a plan's changes are real, and which are the emulator's fault. */
import { type FalseDifference, falseDifferences } from "../data/false-differences";
import type { PlannedChange } from "./plan";

const seen = new Set<FalseDifference>();

/** The changes as they would be on AWS: an update of nothing but falsely differing attributes is none. */
export function realChanges(changes: readonly PlannedChange[]): PlannedChange[] {
  return changes.map((change) => {
    if (change.action !== "update") return change;
    const attributes = change.attributes.filter((attribute) => !isFalse(change.type, attribute));
    return attributes.length > 0 ? { ...change, attributes } : { ...change, attributes, action: "no-op" };
  });
}

/** A line for each resource that is not left as it is. */
export function described(changes: readonly PlannedChange[]): string[] {
  return changes
    .filter(({ action }) => action !== "no-op")
    .map(({ action, address, attributes }) => `${action} ${address} ${attributes.join(", ")}`.trim());
}

/** Entries of the allow list that nothing needed until now. */
export const unusedFalseDifferences = (): FalseDifference[] => falseDifferences.filter((entry) => !seen.has(entry));

function isFalse(type: string, attribute: string): boolean {
  const entry = falseDifferences.find((known) => known.type === type && known.attribute === attribute);
  if (entry) seen.add(entry);
  return entry !== undefined;
}

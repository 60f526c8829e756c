/** What something other than Terraform changed since the last apply, and what this plan makes of it. */
import type { Change, Plan } from "./plan";
import { asObject, type JsonObject, keysOf, own, same } from "./value";

export interface Drift {
  readonly change: Change;
  /** Attributes that differ; none when the whole resource was deleted. */
  readonly attributes: readonly string[];
  /** `undone`: the plan sets back what differs. `accepted`: it stays, and Terraform takes it over into its state. */
  readonly outcome: "undone" | "partly undone" | "accepted";
  /** The drift as far as it stays; undefined when all of it is undone. */
  readonly accepted: Change | undefined;
}

export const driftOf = (plan: Plan): Drift[] => plan.drift.map((change) => judge(change, plan.at(change.address)));

function judge(change: Change, planned: Change | undefined): Drift {
  if (!change.before || !change.after) {
    const undone = planned !== undefined && planned.verb !== "keep" && planned.verb !== "forget";
    return { change, attributes: [], outcome: undone ? "undone" : "accepted", accepted: undone ? undefined : change };
  }
  const { before, after } = change;
  const attributes = keysOf(before, after).filter((name) => !same(own(before, name), own(after, name)));
  const undone = attributes.filter((name) => isUndone(planned, name, own(before, name), own(after, name)));
  if (undone.length === attributes.length) return { change, attributes, outcome: "undone", accepted: undefined };
  const left: JsonObject = { ...after, ...Object.fromEntries(undone.map((name) => [name, own(before, name)])) };
  const outcome = undone.length > 0 ? "partly undone" : "accepted";
  return { change, attributes, outcome, accepted: { ...change, verb: "update", after: left } };
}

/** Set back to what it was, or to something else than it is: then the plan's own change is judged. */
function isUndone(planned: Change | undefined, name: string, before: unknown, after: unknown): boolean {
  if (!planned || planned.verb === "keep" || planned.verb === "forget") return false;
  if (!planned.after) return true;
  const to = own(planned.after, name);
  return same(to, before) || !same(to, after) || own(asObject(planned.unknown), name) === true;
}

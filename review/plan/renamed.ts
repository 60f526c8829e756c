/** Renamed without a `moved` block: destroyed at one address, created at another, by the same name. */
import { perPlan } from "./per-plan";
import type { Change, Plan } from "./plan";
import { asText, own } from "./value";

/** What is created in place of something destroyed. */
export const successor = (plan: Plan, destroyed: Change): Change | undefined => pairs(plan).successors.get(destroyed);
/** What something created takes the place of. */
export const predecessor = (plan: Plan, created: Change): Change | undefined => pairs(plan).predecessors.get(created);

const pairs = perPlan((plan) => {
  const found = { successors: new Map<Change, Change>(), predecessors: new Map<Change, Change>() };
  const destroyed = new Map<string, Change>();
  for (const change of plan.changes) {
    const name = change.verb === "destroy" ? asText(own(change.before, "name")) : undefined;
    if (name !== undefined) destroyed.set(`${change.type} ${name}`, change);
  }
  for (const change of plan.changes) {
    if (change.verb !== "create") continue;
    const before = destroyed.get(`${change.type} ${asText(own(change.after, "name"))}`);
    if (!before) continue;
    found.successors.set(before, change);
    found.predecessors.set(change, before);
  }
  return found;
});

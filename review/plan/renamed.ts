/** Renamed without a `moved` block: destroyed at one address, created at another, by the same name. */
import type { Change, Plan } from "./plan";
import { asText, own } from "./value";

type Pairs = { readonly successors: Map<Change, Change>; readonly predecessors: Map<Change, Change> };
const known = new WeakMap<Plan, Pairs>();

/** What is created in place of something destroyed. */
export const successor = (plan: Plan, destroyed: Change): Change | undefined => pairs(plan).successors.get(destroyed);
/** What something created takes the place of. */
export const predecessor = (plan: Plan, created: Change): Change | undefined => pairs(plan).predecessors.get(created);

function pairs(plan: Plan): Pairs {
  const found = known.get(plan) ?? { successors: new Map(), predecessors: new Map() };
  if (known.has(plan)) return found;
  known.set(plan, found);
  const destroyed = new Map<string, Change>();
  for (const change of plan.changes) {
    const name = asText(own(change.before, "name"));
    if (change.verb === "destroy" && name !== undefined) destroyed.set(`${change.type} ${name}`, change);
  }
  for (const change of plan.changes) {
    const before = destroyed.get(`${change.type} ${asText(own(change.after, "name"))}`);
    if (change.verb !== "create" || !before) continue;
    found.successors.set(before, change);
    found.predecessors.set(change, before);
  }
  return found;
}

/** A plan that does not show everything cannot be called safe, whatever it shows. */
import type { Danger } from "./danger";

/** The address of findings that belong to no resource. No allowance reaches them. */
export const WHOLE_PLAN = "(the plan)";

export const unseenPlan: readonly Danger[] = [
  {
    kind: "unknown",
    reason: "Part of the plan is missing, so that nobody can say what it would do.",
    advice: "Mend what stopped the plan, plan again without -target, and review that.",
    find: (plan) =>
      plan.incomplete.map((reason) => ({
        address: WHOLE_PLAN,
        attribute: "complete",
        before: "a whole plan",
        after: reason,
      })),
  },
];

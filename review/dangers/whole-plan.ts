/** A plan that does not show everything is never safe. */
import type { Danger } from "./danger";

/** The address of findings about the plan as a whole. No allowance applies to them. */
export const WHOLE_PLAN = "(the plan)";

export const wholePlan: readonly Danger[] = [
  {
    kind: "unknown",
    reason: "Part of the plan is missing, so its effect cannot be judged.",
    advice: "Fix the cause, plan again without -target, and review that plan.",
    find: (plan) =>
      plan.incomplete.map((reason) => ({
        address: WHOLE_PLAN,
        attribute: "complete",
        before: "a whole plan",
        after: reason,
      })),
  },
];

/** A plan that does not show everything is never safe. */
import type { Rule } from "./rule";

/** The address of findings about the plan as a whole. No allowance applies to them. */
export const WHOLE_PLAN = "(the plan)";

export const wholePlan: readonly Rule[] = [
  {
    kind: "unknown",
    severity: "high",
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
  {
    kind: "unknown",
    reason: "Applying this plan runs an action. The plan does not show what it does.",
    advice: "Read the action's settings in the code, and what its provider does with them.",
    find: (plan) =>
      plan.actions.map(({ address, type }) => ({ address, attribute: "action", before: "not run", after: type })),
  },
  {
    kind: "unknown",
    reason: "A check of the configuration fails.",
    advice: "Fix what it checks, or the check.",
    find: (plan) =>
      plan.failedChecks.map(({ address, messages }) => ({
        address,
        attribute: "check",
        before: "passes",
        after: messages.length > 0 ? messages.join(" ") : "fails",
      })),
  },
];

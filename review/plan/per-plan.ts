/** What several dangers ask of one plan, worked out once: a plan of thousands of resources would take minutes otherwise. */
import type { Plan } from "./plan";

export function perPlan<T>(work: (plan: Plan) => T): (plan: Plan) => T {
  const known = new WeakMap<Plan, { readonly result: T }>();
  return (plan) => {
    const found = known.get(plan);
    if (found) return found.result;
    const result = work(plan);
    known.set(plan, { result });
    return result;
  };
}

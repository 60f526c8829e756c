import { wholePlan } from "../../../review/dangers/whole-plan";
import { review } from "../../../review/report";
import { pairs } from "../support/pairs";
import { planOf } from "../support/plan";

pairs(wholePlan, [
  ["unknown", "a plan that an error stopped", [], "a whole plan", [], { plan: { errored: true, complete: false } }],
  [
    "unknown",
    "a plan with a target",
    [],
    "a plan of a Terraform that does not say",
    [],
    { plan: { complete: false }, other: { complete: undefined } },
  ],
  [
    "unknown",
    "deferred changes",
    [],
    "none",
    [],
    { plan: { deferred_changes: [{}] }, other: { deferred_changes: [] } },
  ],
  [
    "unknown",
    "a file that was cut",
    [],
    "data beside resources",
    [],
    {
      plan: { planned_values: { root_module: { resources: [{ address: "aws_x.y", mode: "managed" }] } } },
      other: { planned_values: { root_module: { resources: [{ address: "data.aws_x.y", mode: "data" }] } } },
    },
  ],
]);

test("lets nobody allow a plan that was stopped", () => {
  const report = review(planOf([], { errored: true, complete: false }), [{ kind: "unknown" }]);
  expect(report).toMatchObject({ verdict: "dangerous", dangers: [{ kind: "unknown", allowed: false }] });
});

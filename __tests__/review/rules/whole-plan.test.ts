import { review } from "../../../review/report";
import { wholePlan } from "../../../review/rules/whole-plan";
import { pairs } from "../support/pairs";
import { planOf } from "../support/plan";

const check = (status: string) => ({
  checks: [
    {
      address: { to_display: "check.pool_is_protected" },
      status,
      instances: [{ problems: [{ message: "The user pool has no deletion protection." }] }],
    },
  ],
});

pairs(wholePlan, [
  [
    "unknown",
    "an action that runs",
    [],
    "none",
    [],
    { plan: { action_invocations: [{ address: "action.aws_lambda_invoke.wipe", type: "aws_lambda_invoke" }] } },
  ],
  ["unknown", "a check that fails", [], "one that passes", [], { plan: check("fail"), other: check("pass") }],
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

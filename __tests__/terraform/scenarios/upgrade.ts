/** Versions applied one after the other: each is consistent, keeps the users, and leaves an empty plan. */
import { problemsOf } from "../checks/all";
import { upgrades } from "../data/upgrades";
import { expectNoChange, expectNone, type Scenario, step, synthesizeVersion, withEmulator } from "../gate/gate";
import { text } from "../gate/state";
import { applyPlan, init, plan, state } from "../gate/terraform";

const NAME = "upgrade/";

export const upgradeScenario: Scenario = {
  name: NAME,
  run: (gate) =>
    withEmulator(gate, async (emulator) => {
      const users = new Set<string>();
      for (const [index, { name, ...version }] of upgrades.entries()) {
        await step(NAME, `apply ${name}`, async () => {
          const terraform = await synthesizeVersion(
            gate,
            emulator,
            { ...version, name: `upgrade-${index}` },
            "upgrade",
          );
          await init(terraform);
          await plan(terraform);
          await applyPlan(terraform);
          await expectNoChange(terraform);
          const applied = await state(terraform);
          expectNone(problemsOf(applied, gate.actions), "the applied state has problems:");
          users.add(text(applied.only("aws_cognito_user_pool_client"), "id"));
        });
      }
      if (users.size !== 1) throw new Error(`the app client must stay the same, got ${[...users].join(", ")}`);
    }),
};

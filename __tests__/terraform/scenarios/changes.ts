/** One version is applied, then every change of a table is planned on it. */
import type { Change } from "../data/change";
import { expectAddresses } from "../gate/addresses";
import { findUnexpected } from "../gate/expectation";
import { expectNone, type Scenario, step, withEmulator } from "../gate/gate";
import type { Environment } from "../gate/process";
import { plan, state } from "../gate/terraform";
import { applyVersion, eachOf, nextVersion } from "./applied";

/** @param settings of the version that is applied, and of every row that does not set them otherwise */
export function changesScenario(name: string, settings: Environment, changes: readonly Change[]): Scenario {
  const run: Scenario["run"] = (gate) =>
    withEmulator(gate, async (emulator) => {
      const applied = await step(`${name}/`, "apply", () => applyVersion(gate, emulator, { name, settings }));
      if (Object.keys(settings).length === 0) {
        await step(`${name}/`, "addresses are those of the golden list", async () =>
          expectAddresses(await state(applied)),
        );
      }
      const rows = changes.filter((change) => gate.wanted(`${name}/${change.name}`));
      const failures = await eachOf(rows, (change) =>
        step(`${name}/${change.name}`, "plan", async () => {
          const next = { ...change, name: `${name}-${change.name}`, settings: { ...settings, ...change.settings } };
          const terraform = await nextVersion(gate, emulator, applied, next);
          expectNone(
            findUnexpected(await plan(terraform, { refresh: false }), change.expected),
            "the plan must be as expected, got:",
          );
        }),
      );
      expectNone(failures, `${failures.length} of ${rows.length} changes:`);
    });
  return { name: `${name}/`, run };
}

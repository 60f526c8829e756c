/** With PROTECT_USERS on, Terraform refuses to lose the pool or its client; switched off on purpose, it destroys them. */
import { type Protection, protections } from "../data/protections";
import { none, type Scenario, step, synthesizeVersion, withEmulator } from "../gate/gate";
import { preparedSettings } from "../gate/prepared-settings";
import { applyPlan, destroy, plan, type Terraform, tryPlan } from "../gate/terraform";
import { applyVersion, eachOf, nextVersion } from "./applied";

const BASE = { name: "protection" };

export const protectionScenario: Scenario = {
  name: "protection/",
  run: (gate) =>
    withEmulator(gate, async (emulator) => {
      const applied = await step("protection/", "apply the defaults", () => applyVersion(gate, emulator, BASE));
      const rows = protections.filter(({ name }) => gate.wanted(`protection/${name}`));
      const failures = await eachOf(rows, ({ name, kept, options = [], settings = {}, edits = [] }) =>
        step(`protection/${name}`, "is refused", async () => {
          const prepared = await preparedSettings(emulator, settings);
          const version = { name: `protection-${name}`, settings: prepared, edits };
          await expectRefused(await nextVersion(gate, emulator, applied, version), options, kept);
        }),
      );
      none(failures, `${failures.length} of ${rows.length} protections:`);
      const off = { name: "protection-off", settings: { PROTECT_USERS: "false" } };
      await step("protection/", "apply PROTECT_USERS=false, then destroy", async () => {
        await synthesizeVersion(gate, emulator, off, BASE.name);
        await plan(applied);
        await applyPlan(applied);
        await destroy(applied);
      });
    }),
};

async function expectRefused(terraform: Terraform, options: readonly string[], kept: Protection["kept"]) {
  const { code, output } = await tryPlan(terraform, ["-refresh=false", ...options]);
  const refusals = output.split("Error: Instance cannot be destroyed").slice(1).join("\n");
  none(
    kept.filter((type) => !refusals.includes(`Resource ${type}.`)).map((type) => `${type} is not kept`),
    `terraform plan ended with ${code}:\n${output.trim()}`,
  );
  if (code !== 1) throw new Error(`terraform plan must be refused, got exit code ${code}`);
}

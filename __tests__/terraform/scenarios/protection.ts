/** With PROTECT_USERS on, Terraform keeps the pool and its client; switched off on purpose, it destroys them. */
import { type Protection, protections } from "../data/protections";
import { expectNone, type Scenario, step, synthesizeVersion, withEmulator } from "../gate/gate";
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
        step(`protection/${name}`, "is rejected", async () => {
          const prepared = await preparedSettings(emulator, settings);
          const version = { name: `protection-${name}`, settings: prepared, edits };
          await expectRejected(await nextVersion(gate, emulator, applied, version), options, kept);
        }),
      );
      expectNone(failures, `${failures.length} of ${rows.length} protections:`);
      const off = { name: "protection-off", settings: { PROTECT_USERS: "false" } };
      await step("protection/", "apply PROTECT_USERS=false, then destroy", async () => {
        await synthesizeVersion(gate, emulator, off, BASE.name);
        await plan(applied);
        await applyPlan(applied);
        await destroy(applied);
      });
    }),
};

async function expectRejected(terraform: Terraform, options: readonly string[], kept: Protection["kept"]) {
  const { code, output } = await tryPlan(terraform, ["-refresh=false", ...options]);
  const errors = output.split("Error: Instance cannot be destroyed").slice(1).join("\n");
  expectNone(
    kept.filter((type) => !errors.includes(`Resource ${type}.`)).map((type) => `${type} is not kept`),
    `terraform plan ended with ${code}:\n${output.trim()}`,
  );
  if (code !== 1) throw new Error(`terraform plan must fail, got exit code ${code}`);
}

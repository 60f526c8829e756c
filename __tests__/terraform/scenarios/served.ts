/** One change after the other is applied: AWS takes each, and then the stage serves what the code says. */
import { join } from "node:path";
import type { Change } from "../data/change";
import type { Emulator } from "../gate/emulator";
import { expectNone, type Gate, type Scenario, step, synthesizeVersion, withEmulator } from "../gate/gate";
import { preparedSettings } from "../gate/prepared-settings";
import { type Environment, succeed } from "../gate/process";
import { withProvider } from "../gate/provider";
import { expectServed } from "../gate/snapshot";
import type { PlanOptions, Terraform } from "../gate/terraform";

/** @param settings of the first version, and of every row that does not set them otherwise */
export function servedScenario(name: string, settings: Environment, changes: readonly Change[]): Scenario {
  const run: Scenario["run"] = (gate) =>
    withEmulator(gate, async (emulator) => {
      const failures: string[] = [];
      const rows = [{ name: "defaults", expected: [] }, ...changes.filter((row) => gate.wanted(`${name}/${row.name}`))];
      const report = (error: Error) => void failures.push(error.message);
      for (const row of rows) {
        const version = { ...row, settings: { ...settings, ...row.settings } };
        await step(`${name}/${row.name}`, "apply", () => applyRow(gate, emulator, name, version)).catch(report);
      }
      const last = { name: "defaults-again", settings, expected: [] };
      await step(`${name}/`, "apply the defaults again", () =>
        applyRow(gate, emulator, name, last, { refresh: true }),
      ).catch(report);
      expectNone(failures, `${failures.length} of ${rows.length} changes:`);
    });
  return { name: `${name}/`, run };
}

/** On the state that the row before left: so the row before is taken back, and this one made, in one apply. */
async function applyRow(gate: Gate, emulator: Emulator, name: string, row: Change, check?: PlanOptions): Promise<void> {
  const settings = await preparedSettings(emulator, row.settings ?? {});
  const version = { ...row, settings, name: `${name}-${row.name}` };
  const terraform = await synthesizeVersion(gate, emulator, version, name);
  await withProvider(gate.provider, terraform, async (attached) => {
    for (const script of ["plan", "apply"]) await runScript(script, attached);
    await expectServed(emulator, attached, check);
  });
}

/** What `npm run plan` and `npm run apply` run. */
const runScript = (name: string, { folder, environment }: Terraform) =>
  succeed("sh", [join(__dirname, "..", "..", "..", "ci", `${name}.sh`), folder], folder, {
    ...environment,
    TF_CLI_ARGS_plan: "-refresh=false",
    TF_CLI_ARGS_apply: "-parallelism=16",
  });

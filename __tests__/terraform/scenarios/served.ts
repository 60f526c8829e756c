/** One change after the other is applied: AWS takes each, and then the stage serves what the code says. */
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Change } from "../data/change";
import type { Emulator, Snapshot } from "../gate/emulator";
import {
  expectNoChange,
  expectNone,
  type Gate,
  type Scenario,
  step,
  synthesizeVersion,
  withEmulator,
} from "../gate/gate";
import { preparedSettings } from "../gate/prepared-settings";
import type { Environment } from "../gate/process";
import { succeed } from "../gate/process";
import { withProvider } from "../gate/provider";
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

/** @throws Error that names each part of a snapshot that is not as configured */
async function expectServed(emulator: Emulator, terraform: Terraform, options: PlanOptions = { refresh: false }) {
  const { apis, routes, failing } = await emulator.report();
  const stages = Object.values(apis).flatMap(({ configured, stages }) =>
    Object.entries(stages).map(([name, served]) => ({ name, served: flat(served), configured: flat(configured) })),
  );
  expectNone(
    stages.flatMap(({ name, served, configured }) =>
      [...new Set([...Object.keys(served), ...Object.keys(configured)])]
        .filter((key) => !isDeepStrictEqual(served[key], configured[key]))
        .map(
          (key) => `${name}: ${key} is ${JSON.stringify(served[key])} instead of ${JSON.stringify(configured[key])}`,
        ),
    ),
    "the stage does not serve what is configured:",
  );
  expectNone(
    failing.filter(
      (route) => routes.includes(route) || stages.some(({ configured }) => `methods ${route}` in configured),
    ),
    "for a moment, these routes could not invoke their function:",
  );
  await expectNoChange(terraform, options);
}

/** `methods GET /echo`, `authorizers 0`, ... */
const flat = (snapshot: Snapshot): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(snapshot).flatMap(([part, items]) =>
      Object.entries(items).map(([name, item]) => [`${part} ${name}`, item] as const),
    ),
  );

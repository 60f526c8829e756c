/**
 * The Terraform gate: the real Terraform and AWS provider, against an emulator, judge what the project synthesizes.
 * `npm run test:terraform [-- NAME...]` runs all, or the scenarios and rows whose name begins so. See docs/terraform-gate.md.
 */
import { type KnownActions, knownServices } from "./checks/policies";
import { cleanEnvironment, runtimeSettings } from "./gate/environment";
import { type Gate, step } from "./gate/gate";
import { succeed } from "./gate/process";
import { findProviders } from "./gate/providers";
import { emulatorScript, pythonWithEmulator } from "./gate/python";
import { runScenarios } from "./gate/runner";
import { runIn } from "./gate/temporary";
import { scenarios } from "./scenarios/all";

async function prepare(folder: string, names: readonly string[]): Promise<Gate> {
  const clean = cleanEnvironment(process.env);
  const providers = await step("gate", "providers", () =>
    findProviders(folder, process.env.TERRAFORM_PLUGIN_DIR || undefined, clean),
  );
  const python = await step("gate", "emulator", () => pythonWithEmulator(clean));
  const { stdout } = await succeed(python, [emulatorScript("actions"), ...knownServices], folder, clean);
  console.log(providers.terraform);
  for (const [name, version] of Object.entries(providers.versions)) console.log(`${name} ${version}`);
  return {
    folder,
    python,
    provider: providers.aws,
    tofu: providers.tofu,
    environment: { ...providers.environment, ...runtimeSettings(providers.versions["hashicorp/aws"] ?? "") },
    actions: JSON.parse(stdout) as KnownActions,
    wanted: (name) =>
      names.length === 0 ||
      names.some((start) => name.startsWith(start) || (name.endsWith("/") && start.startsWith(name))),
  };
}

async function main(folder: string, names: readonly string[]): Promise<void> {
  const gate = await prepare(folder, names);
  const chosen = scenarios.filter(({ name }) => gate.wanted(name));
  if (chosen.length === 0) throw new Error(`no scenario begins with ${names.join(" or ")}`);
  const failures = await runScenarios(gate, chosen, names.length === 0);
  console.log(`${chosen.length} scenarios, ${failures.length} failures, ${(performance.now() / 1000).toFixed(0)} s`);
  for (const failure of failures) console.error(`\n${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}

runIn("terraform-gate-", (folder) => main(folder, process.argv.slice(2)));

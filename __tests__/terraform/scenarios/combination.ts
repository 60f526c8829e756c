/** One combination of settings: init, validate, plan, apply, an empty plan, destroy. */
import { problemsOf } from "../checks/all";
import type { Combination } from "../data/combinations";
import { formatChanges } from "../gate/differences";
import type { Emulator } from "../gate/emulator";
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
import { applyPlan, destroy, init, plan, state, validate } from "../gate/terraform";

export function combinationScenario(combination: Combination): Scenario {
  const name = `combinations/${combination.name}`;
  return { name, run: (gate) => withEmulator(gate, (emulator) => wholeLife(gate, emulator, name, combination)) };
}

async function wholeLife(gate: Gate, emulator: Emulator, name: string, combination: Combination): Promise<void> {
  const settings = await preparedSettings(emulator, combination.settings);
  const version = { name: combination.name, settings };
  const terraform = await step(name, "synth", () => synthesizeVersion(gate, emulator, version));
  await step(name, "init", () => init(terraform));
  await step(name, "validate", async () => expectNone(await validate(terraform), "errors and warnings:"));
  const additions = await step(name, "plan", () => plan(terraform));
  expectNone(formatChanges(additions.filter(({ action }) => action !== "create")), "the first plan must only create:");
  await step(name, `apply ${additions.length} resources`, () => applyPlan(terraform));
  await step(name, "second plan is empty", () => expectNoChange(terraform));
  await step(name, "applied state is consistent", async () =>
    expectNone(problemsOf(await state(terraform), gate.actions), "the applied state has problems:"),
  );
  if (settings.PROTECT_USERS !== "false") {
    const unprotected = { name: `${version.name}-unprotected`, settings: { ...settings, PROTECT_USERS: "false" } };
    // AWS keeps what is protected until an apply has said otherwise: a destroy alone updates nothing.
    await step(name, "apply PROTECT_USERS=false", async () => {
      await synthesizeVersion(gate, emulator, unprotected, version.name);
      await plan(terraform, { refresh: false });
      await applyPlan(terraform);
    });
  }
  await step(name, "destroy", () => destroy(terraform));
  await step(name, "nothing is left", async () =>
    expectNone(
      (await state(terraform)).all().map(({ address }) => address),
      "still there:",
    ),
  );
}

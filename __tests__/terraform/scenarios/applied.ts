/** A version of the project that is applied, for later versions to be planned on. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "../gate/emulator";
import { type Gate, synthesizeVersion, type Version } from "../gate/gate";
import { applyPlan, init, plan, type Terraform } from "../gate/terraform";

export async function applyVersion(gate: Gate, emulator: Emulator, version: Version): Promise<Terraform> {
  const terraform = await synthesizeVersion(gate, emulator, version);
  await init(terraform);
  await plan(terraform);
  await applyPlan(terraform);
  return terraform;
}

/** Another version in its own folder, with a copy of the applied version's state. The files of `init` are shared. */
export async function nextVersion(gate: Gate, emulator: Emulator, applied: Terraform, to: Version): Promise<Terraform> {
  const terraform = await synthesizeVersion(gate, emulator, to);
  for (const file of ["../../../terraform.dev.tfstate", ".terraform.lock.hcl"]) {
    cpSync(join(applied.folder, file), join(terraform.folder, file));
  }
  return { ...terraform, environment: { ...terraform.environment, TF_DATA_DIR: join(applied.folder, ".terraform") } };
}

/** Runs `work` with each item, two at a time. @returns the errors' messages */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<string[]> {
  const waiting = [...items];
  const failures: string[] = [];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: Error) => failures.push(error.message));
    }
  };
  await Promise.all([worker(), worker()]);
  return failures;
}

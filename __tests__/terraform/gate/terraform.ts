/** The Terraform CLI in one synthesized stack's folder. */
import { type PlannedChange, readChanges } from "./plan";
import { type Environment, run, succeed } from "./process";
import { State } from "./state";

const COMMON = ["-input=false", "-no-color"];

export interface Terraform {
  readonly folder: string;
  readonly environment: Environment;
}

export const init = ({ folder, environment }: Terraform) =>
  succeed("terraform", ["init", ...COMMON], folder, environment);

export const validate = ({ folder, environment }: Terraform) =>
  succeed("terraform", ["validate", "-no-color"], folder, environment);

export interface PlanOptions {
  /** False if the state has just been written: the plan is the same, in half the time. @default true */
  readonly refresh?: boolean;
}

/**
 * Plans into the file `plan` of the folder.
 * @returns its changes
 */
export async function plan(terraform: Terraform, { refresh = true }: PlanOptions = {}): Promise<PlannedChange[]> {
  const { code, output } = await tryPlan(terraform, [`-refresh=${refresh}`]);
  if (code !== 0 && code !== 2) throw new Error(`terraform plan failed:\n${output.trim()}`);
  return code === 0 ? [] : readPlan(terraform);
}

/** Exit code 0: nothing to do; 1: an error; 2: something to do. */
export const tryPlan = ({ folder, environment }: Terraform, options: readonly string[]) =>
  run("terraform", ["plan", ...COMMON, "-detailed-exitcode", "-out=plan", ...options], folder, environment);

/** The changes in the file `plan` of the folder. */
export async function readPlan({ folder, environment }: Terraform): Promise<PlannedChange[]> {
  const { stdout } = await succeed("terraform", ["show", "-json", "plan"], folder, environment);
  return readChanges(JSON.parse(stdout));
}

/** Applies the file `plan` of the folder. Parallelism 16: the provider mostly waits. */
export const applyPlan = ({ folder, environment }: Terraform) =>
  succeed("terraform", ["apply", ...COMMON, "-parallelism=16", "plan"], folder, environment);

export const destroy = ({ folder, environment }: Terraform) =>
  succeed("terraform", ["destroy", ...COMMON, "-parallelism=16", "-auto-approve"], folder, environment);

export async function state({ folder, environment }: Terraform): Promise<State> {
  const { stdout } = await succeed("terraform", ["state", "pull"], folder, environment);
  return new State(JSON.parse(stdout || "{}"));
}

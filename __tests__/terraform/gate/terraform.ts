/** The Terraform CLI, or OpenTofu's, in one synthesized stack's folder. */
import { type PlannedChange, readChanges } from "./plan";
import { type Environment, type Finished, run, succeed } from "./process";
import { State } from "./state";

const COMMON = ["-input=false", "-no-color"];

export interface Terraform {
  readonly folder: string;
  readonly environment: Environment;
}

/** `TERRAFORM_BINARY_NAME` is CDKTF's own variable. */
export const binary = (environment: Environment): string => environment.TERRAFORM_BINARY_NAME || "terraform";

const terraform = ({ folder, environment }: Terraform, ...args: readonly string[]): Promise<Finished> =>
  succeed(binary(environment), args, folder, environment);

export const init = (stack: Terraform, ...options: readonly string[]) =>
  terraform(stack, "init", ...COMMON, ...options);

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** @returns one line per error or warning: something deprecated is a warning */
export async function validate({ folder, environment }: Terraform): Promise<string[]> {
  const { stdout, output } = await run(binary(environment), ["validate", "-json"], folder, environment);
  if (!stdout.startsWith("{")) throw new Error(output);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  return diagnostics.map(({ severity, summary, detail = "", address = "" }) =>
    `${severity}: ${address} ${summary} ${detail}`.trim(),
  );
}

export interface PlanOptions {
  /** False if the state has just been written: the plan is the same, in half the time. @default true */
  readonly refresh?: boolean;
}

/**
 * Plans into the file `plan` of the folder.
 * @returns its changes
 */
export async function plan(stack: Terraform, { refresh = true }: PlanOptions = {}): Promise<PlannedChange[]> {
  const { code, output } = await tryPlan(stack, [`-refresh=${refresh}`]);
  if (code !== 0 && code !== 2) throw new Error(`${binary(stack.environment)} plan failed:\n${output.trim()}`);
  return code === 0 ? [] : readPlan(stack);
}

/** Exit code 0: nothing to do; 1: an error; 2: something to do. */
export const tryPlan = ({ folder, environment }: Terraform, options: readonly string[]) =>
  run(binary(environment), ["plan", ...COMMON, "-detailed-exitcode", "-out=plan", ...options], folder, environment);

/** The changes in the file `plan` of the folder. */
export const readPlan = async (stack: Terraform): Promise<PlannedChange[]> =>
  readChanges(JSON.parse((await terraform(stack, "show", "-json", "plan")).stdout));

/** Applies the file `plan` of the folder. Parallelism 16: the provider mostly waits. */
export const applyPlan = (stack: Terraform) => terraform(stack, "apply", ...COMMON, "-parallelism=16", "plan");

export const destroy = (stack: Terraform) => terraform(stack, "destroy", ...COMMON, "-parallelism=16", "-auto-approve");

export const state = async (stack: Terraform): Promise<State> =>
  new State(JSON.parse((await terraform(stack, "state", "pull")).stdout || "{}"));

/** Addresses of providers in the state, as `registry.terraform.io/hashicorp/aws`. */
export const replaceProvider = (stack: Terraform, from: string, to: string) =>
  terraform(stack, "state", "replace-provider", "-auto-approve", from, to);

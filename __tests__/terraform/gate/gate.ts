/** What scenarios share. */
import { join } from "node:path";
import type { KnownActions } from "../checks/policies";
import { formatChanges } from "./differences";
import type { Edit } from "./edits";
import { type Emulator, startEmulator } from "./emulator";
import { emulatorEnvironment } from "./environment";
import type { Environment } from "./process";
import { copyProject, synthesize } from "./project";
import { type PlanOptions, plan, type Terraform } from "./terraform";

export interface Gate {
  /** Temporary folder of this run. */
  readonly folder: string;
  /** Python with the emulator. */
  readonly python: string;
  /** The AWS provider's executable. */
  readonly provider: string;
  /** Whether OpenTofu is there, beside Terraform. */
  readonly tofu: boolean;
  /** For Terraform, CDKTF and synth; with the settings that the provider's version needs. */
  readonly environment: Environment;
  readonly actions: KnownActions;
  /** Whether the scenario or row of this name is selected. */
  wanted(name: string): boolean;
}

export interface Scenario {
  readonly name: string;
  /** @throws Error with every problem */
  run(gate: Gate): Promise<void>;
}

/** Runs one step and prints its time. @throws the step's error, prefixed by scenario and step */
export async function step<T>(scenario: string, name: string, work: () => Promise<T> | T): Promise<T> {
  const began = performance.now();
  const print = (mark: string) =>
    console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${mark} ${scenario}: ${name}`);
  try {
    const result = await work();
    print("ok  ");
    return result;
  } catch (error) {
    print("FAIL");
    throw new Error(`${scenario}: ${name}: ${error instanceof Error ? error.message : error}`);
  }
}

/** @throws Error with all lines, if there are any */
export function expectNone(problems: readonly string[], what: string): void {
  if (problems.length > 0) throw new Error(`${what}\n  ${problems.join("\n  ")}`);
}

/** Runs `work` with its own emulator. */
export async function withEmulator<T>(gate: Gate, work: (emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator(gate.python, gate.folder, gate.environment);
  try {
    return await work(emulator);
  } finally {
    emulator.stop();
  }
}

export interface Version {
  /** Unique among all versions of the run; letters, digits and hyphens. */
  readonly name: string;
  readonly settings?: Environment;
  readonly edits?: readonly Edit[];
}

/**
 * Synthesizes the project with some settings and edits.
 * @param into name of an earlier version: its folder is overwritten and its state kept
 * @returns its folder, for Terraform to work against the emulator
 */
export async function synthesizeVersion(
  gate: Gate,
  emulator: Emulator,
  version: Version,
  into = version.name,
): Promise<Terraform> {
  const environment = { ...gate.environment, ...emulatorEnvironment(emulator.endpoint), ...version.settings };
  const project = join(gate.folder, "projects", version.name);
  copyProject(project, version.edits);
  const folder = await synthesize(project, join(gate.folder, "stacks", into, "cdktf.out"), environment);
  return { folder, environment };
}

/** @throws Error that lists the changes of a new plan, if any */
export async function expectNoChange(terraform: Terraform, options: PlanOptions = {}): Promise<void> {
  expectNone(formatChanges(await plan(terraform, options)), "the plan must be empty, got:");
}

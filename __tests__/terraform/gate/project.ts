/** Copies of the project and their synth. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Edit } from "./edits";
import { type Environment, succeed } from "./process";

const ROOT = join(__dirname, "..", "..", "..");

/** Not part of a clone: installed, generated or private files. */
const NOT_CLONED = /^(node_modules|\.git|\.env|cdktf\.out|cdktf\.log|coverage|\.?terraform\..*\.tfstate.*)$/;

/**
 * A copy of the project as cloned, with the checkout's installed packages.
 * @param folder to be made. Copies whose bundles are compared must lie equally deep: source maps name packages by their relative path
 */
export function copyProject(folder: string, edits: readonly Edit[] = []): void {
  copySources(folder);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const edit of edits) edit(folder);
}

/** A copy of the project as cloned, with nothing installed. */
export function copySources(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(ROOT).filter((entry) => !NOT_CLONED.test(entry))) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
}

/**
 * `npm run synth`, without npm.
 * @param outdir as `cdktf.out`, in a folder of its own: local state lies beside it
 * @returns the stack's folder
 */
export async function synthesize(project: string, outdir: string, environment: Environment): Promise<string> {
  mkdirSync(outdir, { recursive: true });
  const { scripts } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { scripts: { synth: string } };
  const [command = "", ...args] = scripts.synth.split(" ");
  await succeed(command, args, project, { ...environment, CDKTF_OUTDIR: outdir });
  const stacks = join(outdir, "stacks");
  const [stack, ...others] = readdirSync(stacks);
  if (stack === undefined || others.length > 0) throw new Error(`expected one stack in ${stacks}`);
  return join(stacks, stack);
}

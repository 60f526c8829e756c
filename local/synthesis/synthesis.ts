/** Runs the project's synth in a child process, so that each run sees the current files. */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Ended } from "./standby";

export interface Synthesis {
  /**
   * Synthesizes the stack; kills a run that is still in progress.
   * @returns the stack's folder, or undefined when a later run replaced this one
   * @throws Error with the output of a failed synth
   */
  run(): Promise<string | undefined>;
  /** Loads the modules of the next run ahead. */
  prepare(): void;
  /** Kills a run in progress. */
  stop(): void;
}

/** @param projectRoot folder of `main.ts` */
export function createSynthesis(projectRoot: string): Synthesis {
  let modules: readonly string[] = [];
  let current: ChildProcess | undefined;
  let next: ChildProcess | undefined;
  const standby = () => {
    const child = fork(join(__dirname, "standby.ts"), {
      cwd: projectRoot,
      execArgv: ["--require", join(projectRoot, "build/register.cjs")],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.send(modules);
    return child;
  };
  return {
    stop() {
      current?.kill();
      next?.kill();
    },
    prepare() {
      if (!next?.connected) next = standby();
    },
    async run() {
      current?.kill();
      const child = next?.connected ? next : standby();
      [current, next] = [child, undefined];
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk));
      child.send("go");
      await new Promise<void>((resolve, reject) => {
        child.on("error", reject);
        child.once("message", (ended: Ended) => {
          ({ modules } = ended);
          if (!ended.failed) resolve();
        });
        child.on("close", (code) => {
          if (child !== current || code === 0) resolve();
          else reject(new Error(output.trim() || `main.ts ended with exit code ${code}`));
        });
      });
      return child === current ? stackFolder(projectRoot) : undefined;
    },
  };
}

/** The stack's folder, from CDKTF's manifest. */
function stackFolder(projectRoot: string): string {
  const out = resolve(projectRoot, process.env.CDKTF_OUTDIR ?? "cdktf.out");
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
  };
  const [stack] = Object.values(manifest.stacks);
  if (!stack) throw new Error("main.ts must synthesize a stack, got none");
  return join(out, stack.workingDirectory);
}

/** Runs the project's synth in a process of its own, so that each run sees the files as they are now. */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "./standby";

export interface Synthesis {
  /**
   * Synthesizes the stack; a run that is still under way is given up for it.
   * @returns the stack's folder, or undefined when a later run took its place
   * @throws Error with what the synth said, when it failed
   */
  run(): Promise<string | undefined>;
  /** Makes the next run faster: it begins with its libraries loaded. */
  prepare(): void;
  /** Ends a run that is under way. */
  stop(): void;
}

/** @param projectRoot folder of `main.ts` */
export function createSynthesis(projectRoot: string): Synthesis {
  let libraries: readonly string[] = [];
  let current: ChildProcess | undefined;
  let next: ChildProcess | undefined;
  const standby = () => {
    const child = fork(join(__dirname, "standby.ts"), {
      cwd: projectRoot,
      execArgv: ["--require", "cdktf", "--require", "tsx/cjs"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.send(libraries);
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
          ({ libraries } = ended);
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

/** Where CDKTF put the stack, by its own manifest. */
function stackFolder(projectRoot: string): string {
  const out = join(projectRoot, process.env.CDKTF_OUTDIR ?? "cdktf.out");
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
  };
  const [stack] = Object.values(manifest.stacks);
  if (!stack) throw new Error("main.ts must synthesize a stack, got none");
  return join(out, stack.workingDirectory);
}

/** Runs the project's synth in a process of its own, so that each run sees the files as they are now. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Synthesis {
  /**
   * Synthesizes the stack; a run that is still under way is given up for it.
   * @returns the stack's folder, or undefined when a later run took its place
   * @throws Error with what the synth said, when it failed
   */
  run(): Promise<string | undefined>;
  /** Ends a run that is under way. */
  stop(): void;
}

/** @param projectRoot folder of `main.ts` */
export function createSynthesis(projectRoot: string): Synthesis {
  let current: ChildProcess | undefined;
  const stop = () => current?.kill();
  return {
    stop,
    run() {
      stop();
      const child = spawn(process.execPath, ["--require", "cdktf", "--require", "tsx/cjs", "main.ts"], {
        cwd: projectRoot,
        stdio: ["ignore", "pipe", "pipe"],
      });
      current = child;
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
      return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => {
          if (child !== current) resolve(undefined);
          else if (code === 0) resolve(stackFolder(projectRoot));
          else reject(new Error(output.trim() || `main.ts ended with exit code ${code}`));
        });
      });
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

/** The one temporary folder of a run. It goes with the run's processes at the end, also on Ctrl-C. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endAll } from "./process";

/** Runs `work` in a new folder; an error is printed and sets the exit code. */
export function runIn(prefix: string, work: (folder: string) => Promise<void>): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  const cleanUp = () => {
    endAll();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      cleanUp();
      process.exit(130);
    });
  }
  work(folder)
    .catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    })
    .finally(cleanUp);
}

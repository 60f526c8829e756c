/**
 * A synth that is half done: waits in a process of its own with libraries loaded, and runs `main.ts` when told to, on the
 * files as they are by then. Its first message lists the libraries, its second says go.
 */
import { join, sep } from "node:path";

/** What it says when the run has ended, before the process has. */
export interface Ended {
  readonly failed: boolean;
  /** Libraries that the run has loaded, for the next one. */
  readonly libraries: readonly string[];
}

const LIBRARIES = `${sep}node_modules${sep}`;

process.once("message", (libraries: readonly string[]) => {
  libraries.forEach(load);
  process.once("message", () => {
    process.channel?.unref(); // listens no more: the process ends with the run
    process.once("beforeExit", () => {
      const libraries = Object.keys(require.cache).filter((file) => file.includes(LIBRARIES));
      process.send?.({ failed: Boolean(process.exitCode), libraries } satisfies Ended);
    });
    require(join(__dirname, "..", "..", "main.ts"));
  });
});
process.once("disconnect", () => process.exit()); // the local API has ended

/** What cannot be loaded ahead is not needed any more, or `main.ts` says so itself. */
function load(library: string): void {
  try {
    require(library);
  } catch {}
}

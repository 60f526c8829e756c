/**
 * A synth process in waiting: loads the libraries, then runs `main.ts` on the files as they are at that time. The first
 * message lists the libraries, the second one starts the run.
 */
import { join, sep } from "node:path";

/** The message that ends a run, sent before the process exits. */
export interface Ended {
  readonly failed: boolean;
  /** Libraries that the run loaded: the next process loads them ahead. */
  readonly libraries: readonly string[];
}

const LIBRARIES = `${sep}node_modules${sep}`;

process.once("message", (libraries: readonly string[]) => {
  libraries.forEach(load);
  process.once("message", () => {
    process.channel?.unref(); // the channel no longer keeps the process alive
    process.once("beforeExit", () => {
      const libraries = Object.keys(require.cache).filter((file) => file.includes(LIBRARIES));
      process.send?.({ failed: Boolean(process.exitCode), libraries } satisfies Ended);
    });
    require(join(__dirname, "..", "..", "main.ts"));
  });
});
process.once("disconnect", () => process.exit()); // the local API has ended

/** Ignores errors: a library that `main.ts` still needs fails there, with its message. */
function load(library: string): void {
  try {
    require(library);
  } catch {}
}

/**
 * A synth process in waiting: loads the modules of the last run, then runs `main.ts` on the files as they are at that time. The first
 * message lists the modules, the second one starts the run.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { sourceFiles } from "./watch";

/** The message that ends a run, sent before the process exits. */
export interface Ended {
  readonly failed: boolean;
  /** Files that the run loaded: the next process loads them ahead. */
  readonly modules: readonly string[];
}

const PROJECT = join(__dirname, "..", "..");
const MAIN = join(PROJECT, "main.ts");
const SYNTH = join(PROJECT, "synth.ts");
const isOwn = (file: string) =>
  !file.includes(`${sep}node_modules${sep}`) && !file.startsWith(__dirname) && file !== MAIN;

process.once("message", (modules: readonly string[]) => {
  // Read before they are loaded: what changes in between counts as changed.
  const known = new Map([...sourceFiles(PROJECT), ...modules.filter(isOwn)].map((file) => [file, hash(file)]));
  for (const file of modules) if (file !== MAIN) ignoringErrors(() => require(file));
  if (modules.includes(SYNTH)) ignoringErrors(() => (require(SYNTH) as typeof import("../../synth")).prepare(PROJECT));
  process.once("message", () => {
    forgetChanged(known);
    process.channel?.unref(); // the channel no longer keeps the process alive
    process.once("beforeExit", () => {
      process.send?.({ failed: Boolean(process.exitCode), modules: Object.keys(require.cache) } satisfies Ended);
    });
    require(MAIN);
  });
});
process.once("disconnect", () => process.exit()); // the local API has ended

/** What `main.ts` still needs fails there, with its message. */
function ignoringErrors(run: () => void): void {
  try {
    run();
  } catch {}
}

/**
 * If one of the project's own modules has changed, or a file that one may have read, all are loaded again: others may hold what it exported.
 * Handlers that no module imports do not count.
 */
function forgetChanged(known: ReadonlyMap<string, string>): void {
  const loaded = Object.keys(require.cache).filter(isOwn);
  const files = sourceFiles(PROJECT).filter((file) => !file.endsWith(".ts"));
  if ([...loaded, ...files].every((file) => known.get(file) === hash(file))) return;
  for (const file of loaded) delete require.cache[file];
}

function hash(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return ""; // removed
  }
}

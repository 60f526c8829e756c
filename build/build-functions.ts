import type { Bundles } from "./bundle";
import { filesBeside } from "./files-beside";
import type { FunctionCode } from "./function-code";
import type { IncrementalBuild } from "./incremental-build";

export interface Built {
  readonly bundles: Bundles;
  /** Handlers that no function uses, and packages that do not run on Lambda, one line each. */
  readonly notes: readonly string[];
}

/**
 * The files of all functions, and of handlers that no function uses: those are compiled too.
 *
 * @param handlers files in `functions/`
 * @param building the build's run for the handlers, with the external packages of the last synth, started before the functions were known
 * @throws Error on a function without a file, and on a package or an asset that does not exist
 */
export async function buildFunctions(
  projectRoot: string,
  handlers: readonly string[],
  functions: readonly FunctionCode[],
  build: IncrementalBuild,
  building: Promise<Bundles>,
): Promise<Built> {
  const entries = [...new Set([...handlers, ...functions.map(({ entry }) => entry)])];
  const external = [...new Set(functions.flatMap((code) => code.external))].sort();
  const beside = functions.map((code) => filesBeside(projectRoot, code));
  const known = external.join() === build.external.join() && entries.length === handlers.length;
  if (!known) await building.catch(() => {}); // one run at a time
  const bundles = await (known ? building : build.run(entries, external));
  const used = new Set(functions.map(({ entry }) => entry));
  return {
    bundles: new Map([...bundles, ...beside.flatMap(({ files }) => [...files])]),
    notes: [
      ...handlers
        .filter((file) => !used.has(file))
        .map((file) => `${file} is not used: no route and no NodeFunction names it`),
      ...beside.flatMap(({ notes }) => notes),
    ],
  };
}

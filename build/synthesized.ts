/** The JSON of a synthesized stack. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Resources by type and name. */
export interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** @param folder the stack's folder @returns a stack without resources where nothing is synthesized yet */
export function readSynthesized(folder: string): Synthesized {
  const file = join(folder, "cdk.tf.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Synthesized) : {};
}

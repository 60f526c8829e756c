import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bundles } from "./bundle";

/** The files that a folder does not have, or has with other contents. */
export function changedFiles(folder: string, bundles: Bundles): string[] {
  return [...bundles]
    .filter(([path, contents]) => {
      const file = join(folder, path);
      return !existsSync(file) || !readFileSync(file).equals(contents);
    })
    .map(([path]) => path);
}

/**
 * Writes bundles to where the stack expects them, and removes files that no longer belong to one. Files that have not changed, and
 * everything else in the folder, stay untouched.
 *
 * @param folder the stack's folder, with `cdk.tf.json`
 */
export function writeBundles(folder: string, bundles: Bundles, changed = changedFiles(folder, bundles)): void {
  for (const path of changed) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bundles.get(path) ?? "");
  }
  for (const top of new Set([...bundles.keys()].map((path) => path.split("/")[0] ?? ""))) {
    removeOthers(folder, top, bundles);
  }
}

/** Removes the files below `path` that are in no bundle, and folders that are empty then. */
function removeOthers(folder: string, path: string, bundles: Bundles): void {
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) removeOthers(folder, below, bundles);
    else if (!bundles.has(below)) rmSync(join(folder, below));
  }
  if (readdirSync(join(folder, path)).length === 0) rmdirSync(join(folder, path));
}

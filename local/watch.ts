/** Tells when a source of the stack has changed. */
import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";

/** Folders whose files make up the stack; in the project's root it is the TypeScript files and `.env`. */
const FOLDERS = ["constructs", "functions"];
const IN_ROOT = /^(\.env|[\w-]+\.ts)$/;

/** Editors write a file in several steps: what comes within this time is one change. */
const SETTLE_MS = 15;

/** @returns ends the watch */
export function watchSources(projectRoot: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  };
  const watchers: FSWatcher[] = [
    watch(projectRoot, (_, name) => name !== null && IN_ROOT.test(name) && soon()),
    ...FOLDERS.map((folder) => watch(join(projectRoot, folder), { recursive: true }, soon)),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

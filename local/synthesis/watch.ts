/** Tells when a source of the stack has changed. */
import { existsSync, type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

/** Folders whose files make up the stack; in the project's root it is the TypeScript files and `.env`. */
const FOLDERS = ["build", "constructs", "functions", "quotas"];
const IN_ROOT = new RegExp(`^(\\.env|[\\w-]+\\.ts|${FOLDERS.join("|")})$`);

/** Editors write a file in several steps: what comes within this time is one change. */
const SETTLE_MS = 15;

/**
 * Watches each folder by itself. Node's own recursive watch loses sight, on Linux, of a file that was replaced and not
 * written to, as many editors and git do.
 *
 * @returns ends the watch
 */
export function watchSources(projectRoot: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchFolders();
      changed();
    }, SETTLE_MS);
  };
  const root = watch(projectRoot, (_, name) => name !== null && IN_ROOT.test(name) && soon());
  const watchers = new Map<string, FSWatcher>();
  const watchFolders = () => {
    const found = new Map(FOLDERS.flatMap((name) => foldersIn(join(projectRoot, name))));
    for (const [identity, watcher] of watchers) {
      if (found.has(identity)) continue;
      watcher.close();
      watchers.delete(identity);
    }
    for (const [identity, folder] of found) {
      if (!watchers.has(identity)) watchers.set(identity, watch(folder, soon).on("error", soon));
    }
  };
  watchFolders();
  return () => {
    clearTimeout(timer);
    for (const watcher of [root, ...watchers.values()]) watcher.close();
  };
}

/** A folder and all below it, by what tells it from another of its name: one that was removed is watched no more. */
function foldersIn(folder: string): [identity: string, folder: string][] {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [[`${statSync(folder).ino} ${folder}`, folder], ...below.flatMap(({ name }) => foldersIn(join(folder, name)))];
}

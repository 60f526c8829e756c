/** Watches the sources of the stack. */
import { existsSync, type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

/** Folders with sources of the stack; in the project's root the TypeScript files and `.env` count too. */
const FOLDERS = ["build", "constructs", "functions", "openapi", "quotas"];
const IN_ROOT = new RegExp(`^(\\.env|[\\w-]+\\.ts|${FOLDERS.join("|")})$`);

/** All that a synth may read: the sources that are watched. */
export function sourceFiles(projectRoot: string): string[] {
  const names = readdirSync(projectRoot).filter((name) => IN_ROOT.test(name));
  return names.flatMap((name) => {
    const path = join(projectRoot, name);
    if (!FOLDERS.includes(name)) return [path];
    const below = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return below.map((entry) => join(entry.parentPath, entry.name));
  });
}

/** Editors save in several steps: events within this time are one change. */
const SETTLE_MS = 15;

/**
 * Watches each folder by itself. On Linux, Node's recursive watch loses a file that an editor or git replaces, and
 * chokidar 4 misses a replacement within 50 ms of another change (format on save): it fails this module's test.
 *
 * @returns stops watching
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

/** A folder and those below it. The inode is part of the key: a folder that was removed and made again is another one. */
function foldersIn(folder: string): [identity: string, folder: string][] {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [[`${statSync(folder).ino} ${folder}`, folder], ...below.flatMap(({ name }) => foldersIn(join(folder, name)))];
}

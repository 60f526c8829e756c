/** Users and keys that outlive the process: one JSON file, for the person at the laptop only. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Store } from "./cognito";

export interface PersistedStore {
  readonly store: Store;
  /** Writes the store if it has changed: to a file beside it first, so that a crash leaves the old or the new one. */
  save(): void;
}

/** @throws Error in one line when the file is there but is no store */
export function persistedStore(file: string): PersistedStore {
  let saved = existsSync(file) ? readFileSync(file, "utf8") : "{}";
  const store = parse(file, saved);
  return {
    store,
    save() {
      const text = JSON.stringify(store);
      if (text === saved) return;
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      saved = text;
    },
  };
}

function parse(file: string, text: string): Store {
  try {
    const store: unknown = JSON.parse(text);
    if (typeof store === "object" && store !== null && !Array.isArray(store)) return store as Store;
  } catch {
    // Falls through to the error below.
  }
  throw new Error(`${file} must hold the users that an earlier run wrote, got something else: remove it to start over`);
}

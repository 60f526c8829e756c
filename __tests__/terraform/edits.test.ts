/** The gate takes long and runs rarely: that its edits still fit the sources is known in a second. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpChanges } from "./data/http-changes";
import { protections } from "./data/protections";
import { plannedChanges } from "./data/resource-changes";
import { servedChanges } from "./data/served-changes";
import { upgrades } from "./data/upgrades";
import type { Edit } from "./gate/edits";

const ROOT = join(__dirname, "..", "..");
const EDITED = ["resources.ts", "routes.ts", "stack.ts", "functions", "constructs"];

const folder = mkdtempSync(join(tmpdir(), "edits-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sources = new Map<string, string>();
for (const name of EDITED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
for (const file of filesOf(folder)) sources.set(file, readFileSync(file, "utf8"));

function filesOf(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Undoes an edit: to copy all sources for each row takes far longer than the edits. */
afterEach(() => {
  for (const file of filesOf(folder)) {
    if (!sources.has(file)) rmSync(file);
  }
  for (const [file, text] of sources) {
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  }
});

interface Row {
  readonly name: string;
  readonly edits?: readonly Edit[];
}
const tables: Readonly<Record<string, readonly Row[]>> = {
  "http-changes": httpChanges,
  changes: plannedChanges,
  served: servedChanges,
  protection: protections,
  upgrade: upgrades,
};
const rows = Object.entries(tables).flatMap(([table, all]) =>
  all.flatMap(({ name, edits = [] }) => (edits.length === 0 ? [] : [{ row: `${table}/${name}`, edits }])),
);

test.each(rows)("the edits of $row fit the sources", ({ edits }) => {
  for (const edit of edits) edit(folder);
});

/** The gate takes long and runs rarely: that its edits still fit the sources is known in a second. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
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

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edits-"));
  for (const name of EDITED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

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

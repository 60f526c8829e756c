/** `npm run bench [-- NAME ...] [--json] [--write]`: measures each figure against its floor, in one run on one machine. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { met, type Row, ratio } from "./figure";
import { bundles } from "./figures/bundles";
import { coldStart } from "./figures/cold-start";
import { install, tests } from "./figures/install";
import { load } from "./figures/load";
import { review } from "./figures/review";
import { routes } from "./figures/routes";
import { startAndReload } from "./figures/start";
import { synth } from "./figures/synth";
import { table } from "./table";

const figures = [synth, routes, bundles, coldStart, startAndReload, load, review, tests, install];
const projectRoot = join(__dirname, "..");
const PAGE = join(projectRoot, "docs/performance.md");
const [BEGIN, END] = ["<!-- bench -->", "<!-- /bench -->"];

async function main(): Promise<void> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, write: { type: "boolean" } },
  });
  const names = figures.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`NAME must be one of ${names.join(", ")}, got ${unknown.join(", ")}`);

  const rows: Row[] = [];
  const failed: string[] = [];
  for (const figure of figures.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const scratch = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      rows.push(...(await figure.measure({ projectRoot, scratch })));
    } catch (error) {
      failed.push(`${figure.name} could not be measured: ${error instanceof Error ? error.message : error}`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  const text = `${machine()}\n\n${table(rows)}`;
  const results = rows.map((row) => ({ ...row, ratio: ratio(row), met: met(row) }));
  console.log(options.json ? JSON.stringify({ machine: machine(), rows: results, failed }, null, 2) : text);
  // The page shows one whole run, or stays as it is.
  if (failed.length > 0) throw new Error(failed.join("\n"));
  if (!options.write) return;
  const page = readFileSync(PAGE, "utf8");
  const [before = "", rest = ""] = page.split(BEGIN);
  writeFileSync(PAGE, `${before}${BEGIN}\n${text}\n${END}${rest.split(END)[1] ?? ""}`);
}

function machine(): string {
  const [cpu] = cpus();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: projectRoot, encoding: "utf8" }).trim();
  return `${cpus().length} x ${cpu?.model ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node.js ${process.version}, commit ${commit}`;
}

main().catch((error: Error) => {
  console.error(error.constructor === Error ? error.message : error);
  process.exitCode = 1;
});

/** jest calls this once, before it starts its workers, which inherit the environment. */
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeKeys } from "./keys";

/** All temporary folders of a run are in one, `TMPDIR`, which `run-end.ts` removes. */
export default async function start(): Promise<void> {
  process.env.TMPDIR = realpathSync(mkdtempSync(join(process.env.TEST_RUN_FOLDER ?? tmpdir(), "tests-")));
  process.env.TEST_STACKS = mkdtempSync(join(process.env.TMPDIR, "stacks-"));
  process.env.TEST_KEYS = JSON.stringify(await makeKeys());
}

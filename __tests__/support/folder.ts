/** A stack synthesized to a temporary folder, bundles included: what `npm run synth` would have written. */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../config";
import type { Synthesized } from "./synth";

/** The folder of the bundles: all stacks of the run have the same, and no test changes them. */
const BUNDLES = "functions";

const outdirs: string[] = [];
afterAll(() => {
  for (const outdir of outdirs.splice(0)) rmSync(outdir, { recursive: true, force: true });
});

/**
 * The first call of a run with these settings synthesizes; all others copy, whichever test file they are in.
 *
 * @returns the stack's folder; it is removed when the test file ends
 */
export async function synthesize(settings: Record<string, string> = {}): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(settings)).digest("hex");
  const shared = await once(key, (folder) => writeStack(settings, folder));
  const outdir = mkdtempSync(join(tmpdir(), "stack-"));
  outdirs.push(outdir);
  const folder = join(outdir, "stacks", readConfig(settings).stage);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(shared)) {
    if (name === BUNDLES) symlinkSync(join(shared, name), join(folder, name));
    else cpSync(join(shared, name), join(folder, name), { recursive: true });
  }
  return folder;
}

/** Modules of the stack are imported here: most test files find a stack and never need them. */
async function writeStack(settings: Record<string, string>, folder: string): Promise<void> {
  const bundles = await once("bundles", writeBundlesOfRoutes);
  const [{ App }, { ApiStack }, { routes }] = await Promise.all([
    import("cdktf"),
    import("../../stack"),
    import("../../routes"),
  ]);
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), "app-")), stackTraces: false });
  const config = readConfig(settings);
  const stack = new ApiStack(app, config.stage, { config, routes });
  app.synth();
  cpSync(join(app.outdir, app.manifest.forStack(stack).workingDirectory), folder, { recursive: true });
  symlinkSync(join(bundles, BUNDLES), join(folder, BUNDLES));
}

async function writeBundlesOfRoutes(folder: string): Promise<void> {
  const [{ bundle }, { writeBundles }, { functionNames, handlerFile }, { routes }] = await Promise.all([
    import("../../build/bundle"),
    import("../../build/write-bundles"),
    import("../../constructs/api/route"),
    import("../../routes"),
  ]);
  writeBundles(folder, await bundle(join(__dirname, "..", ".."), functionNames(routes).map(handlerFile)));
}

/** A folder that all test files of the run share. Two workers may make it at the same time: one of them wins. */
async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(process.env.TEST_STACKS ?? "", name);
  if (existsSync(folder)) return folder;
  const own = mkdtempSync(`${folder}-`);
  await make(own);
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Changes the JSON of a synthesized stack. */
export function edit(folder: string, change: (json: Synthesized) => void): void {
  const file = join(folder, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as Synthesized;
  change(json);
  writeFileSync(file, JSON.stringify(json));
}

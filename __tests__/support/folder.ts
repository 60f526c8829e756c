/** A stack synthesized to a temporary folder, bundles included: what `npm run synth` would have written. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { type Bundles, bundle } from "../../build/bundle";
import { writeBundles } from "../../build/write-bundles";
import { readConfig } from "../../config";
import { functionNames, handlerFile } from "../../constructs/api/route";
import { routes } from "../../routes";
import { ApiStack } from "../../stack";
import type { Synthesized } from "./synth";

const outdirs: string[] = [];
afterAll(() => {
  for (const outdir of outdirs.splice(0)) rmSync(outdir, { recursive: true, force: true });
});

let bundles: Promise<Bundles> | undefined;

/** @returns the stack's folder; it is removed when the test file ends */
export async function synthesize(settings: Record<string, string> = {}): Promise<string> {
  bundles ??= bundle(join(__dirname, "..", ".."), functionNames(routes).map(handlerFile));
  const outdir = mkdtempSync(join(tmpdir(), "stack-"));
  outdirs.push(outdir);
  const app = new App({ outdir, stackTraces: false });
  const config = readConfig(settings);
  const stack = new ApiStack(app, config.stage, { config, routes });
  app.synth();
  const folder = join(outdir, app.manifest.forStack(stack).workingDirectory);
  writeBundles(folder, await bundles);
  return folder;
}

/** Changes the JSON of a synthesized stack. */
export function edit(folder: string, change: (json: Synthesized) => void): void {
  const file = join(folder, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8")) as Synthesized;
  change(json);
  writeFileSync(file, JSON.stringify(json));
}

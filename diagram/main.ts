/**
 * `npm run --silent diagram -- FOLDER > picture.svg` draws a synthesized stack. `npm run diagram -- --write` renews docs/architecture.svg,
 * which shows the stack with default settings.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { readConfig } from "../config";
import { readStack } from "../local/terraform/read-stack";
import { routes } from "../routes";
import { ApiStack } from "../stack";
import { readArchitecture } from "./architecture";
import { draw } from "./draw";

export const drawFolder = (folder: string): string => draw(readArchitecture(readStack(folder)));

/** The stack with default settings, whatever `.env` says. */
export function drawDefault(): string {
  const folder = mkdtempSync(join(tmpdir(), "diagram-"));
  try {
    const config = readConfig({});
    const json = Testing.synth(new ApiStack(Testing.app(), config.stage, { config, routes }));
    writeFileSync(join(folder, "cdk.tf.json"), json);
    return drawFolder(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const USAGE = `npm run --silent diagram -- FOLDER     prints an SVG of a folder that holds cdk.tf.json
npm run diagram -- --write             renews docs/architecture.svg: the stack with default settings`;

function main([argument, ...others]: readonly string[]): void {
  if (argument === undefined || others.length > 0 || argument === "--help") console.log(USAGE);
  else if (argument === "--write") writeFileSync(join(__dirname, "..", "docs", "architecture.svg"), drawDefault());
  else process.stdout.write(drawFolder(argument));
}

if (require.main === module) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}

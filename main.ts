/** Reads the settings, synthesizes the stack and prints what its developers should know. Never imported. */
import { loadConfig } from "./config";
import { synthesize } from "./synth";

async function main(): Promise<void> {
  const { folder, notes } = await synthesize(__dirname, loadConfig(__dirname, process.env));
  console.log([`Synthesized ${folder}`, ...notes].join("\n"));
}

main().catch((error: Error) => {
  console.error(error.constructor === Error ? error.message : error); // only a bug needs its stack trace
  process.exitCode = 1;
});

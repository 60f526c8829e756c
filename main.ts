/** Read the settings, build the one stack, write it. Never imported: see `stack.ts` for what is in it. */
import { App } from "cdktf";
import { loadConfig, notes } from "./config";
import { bundle, writeBundles } from "./constructs/bundle";
import { routes } from "./routes";
import { ApiStack, handlerFiles } from "./stack";

async function main(): Promise<void> {
  const config = loadConfig(__dirname, process.env);
  const building = bundle(__dirname, handlerFiles(routes)); // beside the constructs
  const app = new App({ stackTraces: false });
  const stack = new ApiStack(app, config.stage, { config, routes });
  const bundles = await building;
  app.synth();
  const folder = `${app.outdir}/${app.manifest.forStack(stack).workingDirectory}`;
  writeBundles(folder, bundles);
  console.log([`Synthesized ${folder}`, ...notes(config)].join("\n"));
}

process.setSourceMapsEnabled(false); // CDKTF formats a stack trace a token: mapping them all would slow every synth
main().catch((error: Error) => {
  process.setSourceMapsEnabled(true);
  console.error(error.constructor === Error ? error.message : error); // a check says it all, a bug needs its stack
  process.exitCode = 1;
});

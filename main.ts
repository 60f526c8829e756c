/** Read the settings, build the one stack, write it. Never imported: see `stack.ts` for what is in it. */
import { App, Manifest } from "cdktf";
import { bundle, writeBundles } from "./build/bundle";
import { removalNotes, restRoutes } from "./build/removed-routes";
import { loadConfig, notes } from "./config";
import { functionNames, handlerFile } from "./constructs/api/route";
import { routes } from "./routes";

async function main(): Promise<void> {
  const config = loadConfig(__dirname, process.env);
  const app = new App({ stackTraces: false });
  const folder = `${app.outdir}/${Manifest.stacksFolder}/${config.stage}`;
  const building = bundle(__dirname, functionNames(routes).map(handlerFile));
  building.catch(() => {}); // a stack that cannot be built is reported first
  const { ApiStack } = require("./stack") as typeof import("./stack"); // constructs load while esbuild builds
  const stack = new ApiStack(app, config.stage, { config, routes });
  const bundles = await building;
  const before = restRoutes(folder);
  app.synth();
  writeBundles(folder, bundles);
  console.log(
    [`Synthesized ${folder}`, ...notes(config), ...stack.quotaNotes, ...removalNotes(before, restRoutes(folder))].join(
      "\n",
    ),
  );
}

Error.captureStackTrace = () => {}; // CDKTF keeps a whole stack trace for each token; those of errors stay
main().catch((error: Error) => {
  console.error(error.constructor === Error ? error.message : error); // a check says it all, a bug needs its stack
  process.exitCode = 1;
});

/** The steps of a synth: constructs to `cdk.tf.json`, handlers to bundles, and the checks of both. */
import { writeFileSync } from "node:fs";
import { App, Manifest } from "cdktf";
import { buildFunctions } from "./build/build-functions";
import { prepareBuild } from "./build/bundle";
import { handlerFiles } from "./build/handler-files";
import { incrementalBuild } from "./build/incremental-build";
import { loadBundles } from "./build/load-bundles";
import { removalNotes } from "./build/removed-routes";
import { readSynthesized } from "./build/synthesized";
import { changedFiles, writeBundles } from "./build/write-bundles";
import { type Config, configNotes, loadConfig } from "./config";
import { openApiDocument } from "./openapi/document";
import { checkQuotas } from "./quotas/check-quotas";
import { routes } from "./routes";

export interface Synthesis {
  /** The stack's folder, with `cdk.tf.json`, the bundles and `openapi.json`. */
  readonly folder: string;
  /** What is valid but may surprise later, one line each. */
  readonly notes: readonly string[];
}

/**
 * @param projectRoot absolute path of the folder with `functions/`
 * @throws Error on a wrong prop, a handler that cannot be built or loaded, or a quota that AWS does not raise
 */
export async function synthesize(projectRoot: string, config: Config): Promise<Synthesis> {
  const app = new App({ stackTraces: false });
  const folder = `${app.outdir}/${Manifest.stacksFolder}/${config.stage}`;
  const handlers = handlerFiles(projectRoot);
  const build = incrementalBuild(projectRoot, folder, `${app.outdir}/bundles.${config.stage}.json`);
  const building = build.run(handlers, build.external);
  building.catch(() => {}); // an error of the stack is reported first
  const { ApiStack } = require("./stack") as typeof import("./stack"); // loads constructs while esbuild works
  const stack = withoutTokenTraces(() => new ApiStack(app, config.stage, { config, routes }));
  const functions = stack.functionCode();
  const { bundles, notes } = await buildFunctions(projectRoot, handlers, functions, build, building);
  const changed = changedFiles(folder, bundles);
  const loading = loadBundles(bundles, functions, changed);
  loading.catch(() => {}); // an error of the stack is reported first
  const before = readSynthesized(folder);
  withoutTokenTraces(() => app.synth());
  const after = readSynthesized(folder);
  const quotaNotes = checkQuotas(after, config.region);
  const loadNotes = await loading;
  writeBundles(folder, bundles, changed);
  writeFileSync(`${folder}/openapi.json`, `${JSON.stringify(openApiDocument(routes, config), null, 2)}\n`);
  build.save();
  return {
    folder,
    notes: [...configNotes(config), ...notes, ...loadNotes, ...quotaNotes, ...removalNotes(before, after)],
  };
}

/**
 * For a process that waits for its synth: starts esbuild ahead, and makes a stack whose JSON is dropped. V8 has then compiled the code, and
 * the synth takes half as long.
 */
export function prepare(projectRoot: string): void {
  prepareBuild();
  const { ApiStack } = require("./stack") as typeof import("./stack");
  const config = loadConfig(projectRoot, process.env);
  const app = new App({ stackTraces: false });
  withoutTokenTraces(() => new ApiStack(app, config.stage, { config, routes }).toTerraform());
}

/**
 * CDKTF captures a full stack trace for each token and never shows it: a fifth of the time of a synth. Errors keep their traces,
 * which V8 captures without this function.
 */
function withoutTokenTraces<T>(run: () => T): T {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return run();
  } finally {
    Error.captureStackTrace = capture;
  }
}

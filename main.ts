/** Read the settings, build the one stack, write it. Never imported: see `stack.ts` for what is in it. */
import { App } from "cdktf";
import { loadConfig } from "./config";
import { routes } from "./routes";
import { ApiStack } from "./stack";

try {
  const config = loadConfig(__dirname, process.env);
  const app = new App({ stackTraces: false });
  new ApiStack(app, config.stage, { config, routes, projectRoot: __dirname });
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

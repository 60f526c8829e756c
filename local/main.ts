/** `npm start` and `npm run serve`: synthesize, serve, watch, reload. */
import { join } from "node:path";
import { loadConfig } from "../config";
import { readOptions } from "./options";
import { createSynthesis } from "./synthesis/synthesis";
import { watchSources } from "./synthesis/watch";

/** The most that a crash may lose; an interrupt saves first. */
const SAVE_MS = 1000;

const projectRoot = join(__dirname, "..");
let cleanUp = () => {};
const print = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === "string") {
    print(options);
    return;
  }
  const { port, cognitoPort, cognitoSignIn, awsEmulatorUrl } = loadConfig(projectRoot, {
    ...process.env,
    ...(options.port !== undefined && { PORT: options.port }),
    ...(options.cognitoPort !== undefined && { COGNITO_PORT: options.cognitoPort }),
  });

  const synthesis = createSynthesis(projectRoot);
  const synthesizing = options.folder === undefined ? synthesis.run() : Promise.resolve(options.folder);
  synthesizing.catch(() => {}); // handled where it is awaited
  // These modules load while the synth runs.
  const { startLocal } = require("./server") as typeof import("./server");
  const { existingPools } = require("./cognito/existing-pool") as typeof import("./cognito/existing-pool");
  const { persistedStore } = require("./cognito/persisted-store") as typeof import("./cognito/persisted-store");
  const { stagePath, welcome } = require("./welcome") as typeof import("./welcome");
  const users = options.persist ? persistedStore(join(projectRoot, ".local-users.json")) : undefined;
  const existingPool = existingPools[cognitoSignIn];
  const local = await startLocal({
    folder: (await synthesizing) ?? "",
    environment: process.env,
    port,
    cognitoPort,
    now: Date.now,
    existingPool,
    emulatorUrl: awsEmulatorUrl,
    ...(options.persist && { tablesFolder: join(projectRoot, ".local-tables") }),
    ...(users && { store: users.store }),
    log: options.quiet ? () => {} : print,
    deliver: ({ destination, code, purpose, text }) =>
      print(`Mail to ${destination}: ${text ?? `your code is ${code}`} (${purpose})`),
  });
  if (users) setInterval(users.save, SAVE_MS);
  cleanUp = () => {
    users?.save();
    synthesis.stop();
    void local.close();
  };

  let printed = "";
  const printWelcome = (stack: typeof local.stack) => {
    const { routes, stages } = local.api();
    const places = {
      api: `${local.apiUrl}${stagePath(stages)}`,
      cognito: local.cognitoUrl,
      console: local.consoleUrl(),
      reference: local.referenceUrl(),
      consumers: local.consumers(),
    };
    const text = welcome(stack, routes, places, existingPool);
    if (text !== printed && !options.quiet) print(`\n${text}\n`);
    printed = text;
  };
  printWelcome(local.stack);
  if (options.folder !== undefined) return;
  synthesis.prepare();
  watchSources(projectRoot, async () => {
    const start = performance.now();
    try {
      const folder = await synthesis.run();
      if (folder === undefined) return;
      printWelcome(local.load(folder));
      print(`Reloaded in ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      print(`${messageOf(error)}\nNot reloaded: the previous stack stays in service`);
    }
    synthesis.prepare();
  });
}

/** Ctrl-C, or the reader of the output has ended (`npm start | head -1`): neither is an error. */
const exit = () => {
  cleanUp();
  process.exit(0);
};
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, exit);
for (const stream of [process.stdout, process.stderr]) stream.once("error", exit);
main().catch((error) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});

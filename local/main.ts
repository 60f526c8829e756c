/** `npm start` and `npm run serve`: synthesize, serve, watch, reload. The only file of the room that touches the process. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadConfig } from "../config";
import { createSynthesis } from "./synthesis/synthesis";
import { watchSources } from "./synthesis/watch";

const HELP = `npm start [-- OPTIONS]           synthesize the stack, serve it, and reload on a change
npm run serve -- FOLDER          serve a folder that holds cdk.tf.json and its bundles

  --port N            port of the API          (PORT, 3001; 0: any free one)
  --cognito-port N    port of the Cognito      (COGNITO_PORT, 9229; 0: any free one)
  --persist           keep users and keys over restarts, in the ignored file .local-users.json
  --quiet             no route table, no tour, no log of the functions
  --help              this text`;

/** What a crash may lose. Ctrl-C loses nothing. */
const SAVE_MS = 1000;

const projectRoot = join(__dirname, "..");
const print = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      serve: { type: "string" },
      port: { type: "string" },
      "cognito-port": { type: "string" },
      persist: { type: "boolean" },
      quiet: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (options.help) {
    print(HELP);
    return;
  }
  const { port, cognitoPort, cognitoSignIn } = loadConfig(projectRoot, {
    ...process.env,
    ...(options.port !== undefined && { PORT: options.port }),
    ...(options["cognito-port"] !== undefined && { COGNITO_PORT: options["cognito-port"] }),
  });

  // The synth is under way while the server's modules load.
  const synthesis = createSynthesis(projectRoot);
  const first = options.serve === undefined ? synthesis.run() : Promise.resolve(options.serve);
  first.catch(() => {});
  const { startLocal } = await import("./server");
  const { existingPools } = await import("./cognito/existing-pool");
  const { persistedStore } = await import("./cognito/persisted-store");
  const { stageOf, welcome } = await import("./welcome");
  const users = options.persist ? persistedStore(join(projectRoot, ".local-users.json")) : undefined;
  const existingPool = existingPools[cognitoSignIn];
  const local = await startLocal({
    port,
    cognitoPort,
    now: Date.now,
    existingPool,
    ...(users && { store: users.store }),
    log: options.quiet ? () => {} : print,
    deliver: ({ destination, code, purpose }) => print(`Mail to ${destination}: your code is ${code} (${purpose})`),
  });
  if (users) setInterval(users.save, SAVE_MS);
  endWith(() => {
    users?.save();
    synthesis.stop();
    void local.close();
  });

  let shown = "";
  const load = (folder: string) => {
    const stack = local.load(folder);
    const places = { api: `${local.apiUrl}/${stageOf(stack)}`, cognito: local.cognitoUrl };
    const text = welcome(stack, places, existingPool);
    if (text !== shown && !options.quiet) print(`\n${text}\n`);
    shown = text;
  };
  load((await first) ?? "");
  if (options.serve === undefined) {
    synthesis.prepare();
    watchSources(projectRoot, async () => {
      const start = performance.now();
      try {
        const folder = await synthesis.run();
        if (folder === undefined) return;
        load(folder);
        print(`Reloaded in ${Math.round(performance.now() - start)} ms`);
      } catch (error) {
        print(`${messageOf(error)}\nNot reloaded: the last good API goes on answering`);
      }
      synthesis.prepare();
    });
  }
}

/** Ctrl-C ends everything at once, and that is no failure. */
function endWith(close: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      close();
      process.exit(0);
    });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

main().catch((error) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});

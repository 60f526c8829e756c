// One execution environment, inside a worker thread: loads the bundle once, then handles one event at a time. Plain
// JavaScript, so that the thread starts without a TypeScript loader and sees nothing but the function's own world.
import { pathToFileURL } from "node:url";
import { formatWithOptions } from "node:util";
import { parentPort, workerData } from "node:worker_threads";

const { file, exportName, callbacks } = workerData;
const send = (message) => parentPort.postMessage(message);
/** Objects on one line each, as they would stand in a log. */
const ONE_LINE = { breakLength: Number.POSITIVE_INFINITY, compact: true };

for (const level of ["trace", "debug", "info", "warn", "error"]) {
  console[level] = (...values) => send({ log: formatWithOptions(ONE_LINE, ...values), level: level.toUpperCase() });
}
console.log = console.info;

/** The error document of Lambda's Node.js runtime; anything can be thrown. */
function described(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

function contextOf({ deadline, ...fields }) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    ...fields,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** Until Node.js 22, a handler may take a callback; later runtimes refuse it. */
function call(handler, event, context) {
  if (handler.length < 3) return handler(event, context);
  if (!callbacks) {
    throw Object.assign(new Error("Callback-based function handlers are not supported by this runtime"), {
      name: "Runtime.CallbackHandlerDeprecated",
    });
  }
  return new Promise((resolve, reject) => {
    handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

async function invoke(handler, { event, context }) {
  // From here on only the handler's own work keeps the thread alive: when nothing is left to wait for and the promise
  // has not settled, the thread ends, as Lambda's runtime does.
  parentPort.unref();
  try {
    const result = await call(handler, JSON.parse(event), contextOf(context));
    return { result: JSON.stringify(result ?? null) };
  } catch (error) {
    return { error: described(error) };
  } finally {
    parentPort.ref();
  }
}

function load(module) {
  const handler = module[exportName] ?? module.default?.[exportName];
  if (typeof handler === "function") return handler;
  throw Object.assign(new Error(`${exportName} is undefined or not exported`), { name: "Runtime.HandlerNotFound" });
}

import(pathToFileURL(file).href).then(load).then(
  (handler) => {
    parentPort.on("message", async (message) => send(await invoke(handler, message)));
    send({ ready: true });
  },
  (error) => {
    send({ error: described(error) });
    setImmediate(() => process.exit(1));
  },
);

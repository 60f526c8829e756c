// One execution environment, inside a worker thread: loads the bundle once, then handles one event at a time. Plain
// JavaScript, so that the thread starts without a TypeScript loader and sees nothing but the function's own world.
import { pathToFileURL } from "node:url";
import { formatWithOptions } from "node:util";
import { parentPort, workerData } from "node:worker_threads";

const { file, exportName, callbacks, context, timeoutSeconds, claims } = workerData;
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

function contextOf(awsRequestId) {
  const deadline = Date.now() + timeoutSeconds * 1000;
  return {
    callbackWaitsForEmptyEventLoop: true,
    ...context,
    awsRequestId,
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

async function invoke(handler, { event, requestId }) {
  // From here on only the handler's own work keeps the thread alive: when nothing is left to wait for and the promise
  // has not settled, the thread ends, as Lambda's runtime does.
  parentPort.unref();
  const start = performance.now();
  try {
    const result = JSON.stringify((await call(handler, JSON.parse(event), contextOf(requestId))) ?? null);
    return { result, took: performance.now() - start };
  } catch (error) {
    return { error: described(error), took: performance.now() - start };
  } finally {
    parentPort.ref();
  }
}

/**
 * Events may arrive before the one in work is answered. Each holds a slot of the shared `claims` with its sequence
 * number: whoever exchanges that number first, this thread to begin the event or the other side to take it back, owns it.
 */
function serve(handler) {
  const inbox = [];
  let working = false;
  parentPort.on("message", async (message) => {
    inbox.push(message);
    if (working) return;
    working = true;
    for (let next = inbox.shift(); next; next = inbox.shift()) {
      const { sequence } = next;
      const slot = sequence % claims.length;
      if (Atomics.compareExchange(claims, slot, sequence, -sequence) === sequence) send(await invoke(handler, next));
    }
    working = false;
  });
  send({ ready: true });
}

function load(module) {
  const handler = module[exportName] ?? module.default?.[exportName];
  if (typeof handler === "function") return handler;
  throw Object.assign(new Error(`${exportName} is undefined or not exported`), { name: "Runtime.HandlerNotFound" });
}

import(pathToFileURL(file).href).then(load).then(serve, (error) => {
  send({ error: described(error) });
  setImmediate(() => process.exit(1));
});

// One execution environment, inside a worker thread: loads the bundle once, then handles one event at a time. Plain
// JavaScript, so that the thread starts without a TypeScript loader.
import dns from "node:dns";
import { pathToFileURL } from "node:url";
import { formatWithOptions } from "node:util";
import { parentPort, workerData } from "node:worker_threads";

const { file, exportName, callbacks, context, timeoutSeconds } = workerData;
const send = (message) => parentPort.postMessage(message);
/** Objects on one line each, as in a log. */
const ONE_LINE = { breakLength: Number.POSITIVE_INFINITY, compact: true };

/** The stack of a logged error goes below it, one frame per line, without those of this thread and of Node.js. */
const isFrame = (line) => /^\s+at /.test(line) && !/\(?(node:|file:.*\/worker\.mjs)/.test(line);
const hasStack = (value) => Array.isArray(value?.stack);
const withoutStack = ({ stack: _, ...rest }) => rest;
function format(values) {
  const shown = values.map((value) => (hasStack(value) ? withoutStack(value) : value));
  const frames = values.filter(hasStack).flatMap(({ stack }) => stack.map(String).filter(isFrame));
  return [formatWithOptions(ONE_LINE, ...shown), ...frames].join("\n");
}

for (const level of ["trace", "debug", "info", "warn", "error"]) {
  console[level] = (...values) => send({ log: format(values), level: level.toUpperCase() });
}
console.log = console.info;

/** Nothing reaches the real AWS, even past AWS_ENDPOINT_URL: SQS clients send to the host of a queue's URL. */
const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|on\.aws)$/i;
const { lookup } = dns;
dns.lookup = (host, ...rest) => {
  if (!AWS_HOST.test(host)) return lookup(host, ...rest);
  const reason = `${host} cannot be reached from a local function: AWS_ENDPOINT_URL is its endpoint for AWS`;
  process.nextTick(rest.at(-1), Object.assign(new Error(reason), { code: "ENOTFOUND", hostname: host }));
};

/** The AWS SDK warns of this machine's Node.js, which is not the function's runtime. */
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith("NodeVersionSupportWarning")) emitWarning.call(process, warning, ...rest);
};

/** The error document of Lambda's Node.js runtime; anything can be thrown. */
function describe(error) {
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

/** Up to Node.js 22, a handler may take a callback; later runtimes reject it. */
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
  // Only the handler's pending work keeps the thread alive now: when there is none and the promise has not settled, the
  // thread exits, as Lambda's runtime does.
  parentPort.unref();
  try {
    return { result: JSON.stringify((await call(handler, JSON.parse(event), contextOf(requestId))) ?? null) };
  } catch (error) {
    return { error: describe(error) };
  } finally {
    parentPort.ref();
  }
}

function serve(handler) {
  parentPort.on("message", async (message) => send(await invoke(handler, message)));
  send({ ready: true });
}

function load(module) {
  const handler = module[exportName] ?? module.default?.[exportName];
  if (typeof handler === "function") return handler;
  throw Object.assign(new Error(`${exportName} is undefined or not exported`), { name: "Runtime.HandlerNotFound" });
}

import(pathToFileURL(file).href).then(load).then(serve, (error) => {
  send({ error: describe(error) });
  setImmediate(() => process.exit(1));
});

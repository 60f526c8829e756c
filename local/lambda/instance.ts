import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FunctionConfig } from "./function-config";
import type { FunctionError, InvokeResult } from "./function-error";
import * as failures from "./function-error";
import { logLines, shown } from "./log-lines";

/** One execution environment: handles one event at a time, and is gone after a time-out or a crash. */
export interface Instance {
  /** Runs the handler on an event, given as JSON text. Never rejects. */
  invoke(event: string): Promise<InvokeResult>;
  /** False once the thread has failed: the instance must not be used again. */
  alive(): boolean;
  stop(): Promise<unknown>;
}

interface Message {
  readonly ready?: true;
  readonly log?: string;
  readonly level?: string;
  readonly result?: string;
  readonly error?: FunctionError;
}

interface Invocation {
  readonly requestId: string;
  readonly settle: (result: InvokeResult) => void;
  readonly timer: NodeJS.Timeout;
}

/** Lambda gives the code outside the handler ten seconds. */
const INIT_SECONDS = 10;

/** Starts a thread; the first invocation waits for it. `log` receives one line at a time, without line end. */
export function startInstance(config: FunctionConfig, log: (line: string) => void): Instance {
  const worker = startWorker(config);
  let current: Invocation | undefined;
  let dead: FunctionError | undefined;
  const init = initialization((seconds) => die((id) => failures.timedOut(id, seconds)));

  const settle = (result: InvokeResult) => {
    clearTimeout(current?.timer);
    current?.settle(result);
    current = undefined;
  };
  const die = (reason: (requestId: string) => FunctionError) => {
    dead ??= reason(current?.requestId ?? "-");
    init.done();
    settle({ error: dead });
    void worker.terminate();
  };
  worker.on("message", (message: Message) => {
    if (message.log !== undefined) logLines(config, message.log, message.level).forEach(log);
    else if (message.ready) init.done();
    else if (message.result !== undefined) settle(answer(message.result));
    else if (message.error) init.isDone() ? settle({ error: report(message.error) }) : die(() => report(message.error));
  });
  const report = (error: FunctionError = failures.exited("-", 1)) => {
    logLines(config, shown(error), "ERROR").forEach(log);
    return error;
  };
  worker.on("error", (error: unknown) => die((id) => report(crash(error, id))));
  worker.on("exit", (code) => die((id) => failures.exited(id, code)));
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => logLines(config, chunk.trimEnd()).forEach(log));
  }

  const begin = (event: string, settleWith: (result: InvokeResult) => void) => {
    const requestId = randomUUID();
    const seconds = config.timeoutSeconds;
    const timer = setTimeout(() => die((id) => report(failures.timedOut(id, seconds))), seconds * 1000);
    current = { requestId, settle: settleWith, timer };
    const deadline = Date.now() + seconds * 1000;
    worker.postMessage({ event, context: { ...config.context, awsRequestId: requestId, deadline } });
  };
  return {
    async invoke(event) {
      if (!init.isDone()) await init.promise;
      if (dead) return { error: dead };
      return new Promise<InvokeResult>((resolve) => begin(event, resolve));
    },
    alive: () => !dead,
    stop: () => worker.terminate(),
  };
}

function startWorker({ file, exportName, callbacks, environment, memoryMb }: FunctionConfig): Worker {
  return new Worker(join(__dirname, "worker.mjs"), {
    workerData: { file, exportName, callbacks },
    env: environment(),
    // The loader that runs this file (tsx) is no part of the function's world.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
}

/** The phase before the handler is ready. */
function initialization(expired: (seconds: number) => void) {
  let finished = false;
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  const timer = setTimeout(() => expired(INIT_SECONDS), INIT_SECONDS * 1000);
  const done = () => {
    finished = true;
    clearTimeout(timer);
    resolve();
  };
  return { promise, done, isDone: () => finished };
}

function answer(payload: string): InvokeResult {
  return Buffer.byteLength(payload) > failures.PAYLOAD_LIMIT ? { error: failures.responseTooLarge() } : { payload };
}

/** What ended the thread: its heap limit, or an error or rejection that nothing caught. */
function crash(error: unknown, requestId: string): FunctionError {
  const { name, message, code } =
    error instanceof Error
      ? { code: undefined, ...error, name: error.name, message: error.message }
      : { name: typeof error, message: String(error), code: undefined };
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return failures.outOfMemory(requestId);
  return { errorType: name, errorMessage: message };
}

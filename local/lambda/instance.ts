import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FunctionConfig } from "./function-config";
import type { FunctionError, InvokeResult } from "./function-error";
import * as failures from "./function-error";
import { formatError, logLines } from "./log-lines";

/** One execution environment: a thread that handles one event at a time. A time-out or a crash ends it. */
export interface Instance {
  /**
   * Handles an event (JSON text). An event sent while the thread starts waits for it.
   * @param logged receives the lines that are logged meanwhile
   */
  run(event: string, logged?: (line: string) => void): Promise<InvokeResult>;
  alive(): boolean;
  idle(): boolean;
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
  readonly event: string;
  readonly requestId: string;
  readonly resolve: (result: InvokeResult) => void;
  readonly logged: ((line: string) => void) | undefined;
}

/** Lambda's limit for the code outside the handler. */
const INIT_SECONDS = 10;

/** @param logLine receives one line at a time, without line end */
export function startInstance(config: FunctionConfig, logLine: (line: string) => void): Instance {
  const worker = startWorker(config);
  let current: Invocation | undefined;
  let ready = false;
  let dead = false;
  let stopped = false;
  let timer = setTimeout(() => die((id) => failures.timedOut(id, INIT_SECONDS)), INIT_SECONDS * 1000);

  const log = (line: string) => {
    logLine(line);
    current?.logged?.(line);
  };
  const begin = () => {
    if (!ready || !current) return;
    worker.postMessage({ event: current.event, requestId: current.requestId });
    const { timeoutSeconds } = config;
    timer = setTimeout(() => die((id) => failures.timedOut(id, timeoutSeconds)), timeoutSeconds * 1000);
  };
  const finish = (result: InvokeResult) => {
    clearTimeout(timer);
    const finished = current;
    current = undefined;
    finished?.resolve(result);
  };
  const fail = (error: FunctionError) => {
    if (!stopped) logLines(config, formatError(error), "ERROR").forEach(log);
    finish({ error });
  };
  const die = (reason: (requestId: string) => FunctionError) => {
    if (dead) return;
    dead = true;
    void worker.terminate();
    fail(reason(current?.requestId ?? "-"));
  };
  worker.on("message", ({ ready: isReady, log: text, level, result, error }: Message) => {
    if (text !== undefined) logLines(config, text, level).forEach(log);
    else if (isReady) {
      clearTimeout(timer);
      ready = true;
      begin();
    } else if (result !== undefined) finish(response(result));
    else if (error) ready ? fail(error) : die(() => error);
  });
  worker.on("error", (error: unknown) => die((id) => crash(error, id)));
  worker.on("exit", (code) => die((id) => failures.exited(id, code)));
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => logLines(config, chunk.trimEnd()).forEach(log));
  }
  return {
    run: (event, logged) =>
      new Promise((resolve) => {
        current = { event, requestId: randomUUID(), resolve, logged };
        begin();
      }),
    alive: () => !dead,
    idle: () => !dead && !current,
    stop() {
      stopped = true;
      return worker.terminate();
    },
  };
}

function startWorker(config: FunctionConfig): Worker {
  const { file, exportName, callbacks, context, timeoutSeconds } = config;
  return new Worker(join(__dirname, "worker.mjs"), {
    workerData: { file, exportName, callbacks, context, timeoutSeconds },
    env: config.environment(),
    // Without this process's TypeScript loader (tsx).
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: config.memoryMb },
  });
}

function response(payload: string): InvokeResult {
  return Buffer.byteLength(payload) > failures.PAYLOAD_LIMIT ? { error: failures.responseTooLarge() } : { payload };
}

/** The error of a thread that ended: its heap limit, or an uncaught error or rejection. */
function crash(error: unknown, requestId: string): FunctionError {
  if (typeof error !== "object" || error === null) return { errorType: typeof error, errorMessage: String(error) };
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return failures.outOfMemory(requestId);
  const { name = "Error", message = "" } = error as Partial<Error>;
  return { errorType: name, errorMessage: message };
}

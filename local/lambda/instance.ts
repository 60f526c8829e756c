import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FunctionConfig } from "./function-config";
import type { FunctionError, InvokeResult } from "./function-error";
import * as failures from "./function-error";
import { logLines, shown } from "./log-lines";

/** An event on its way to a handler, as JSON text, and who waits for the answer. */
export interface Waiting {
  readonly event: string;
  readonly resolve: (result: InvokeResult) => void;
}

/**
 * One execution environment. It handles one event at a time; further ones may be handed over before it is free, and be
 * taken back while they have not begun. After a time-out or a crash it is gone.
 */
export interface Instance {
  send(waiting: Waiting): void;
  /** Events handed over and not answered. */
  load(): number;
  /** How long the event in work has been so, in milliseconds; 0 while the thread is starting. */
  busyFor(): number;
  /** The last event took so little time that handing over the next ones early is worth it. */
  quick(): boolean;
  /** Takes back what has not begun. */
  reclaim(): Waiting[];
  alive(): boolean;
  stop(): Promise<unknown>;
}

export interface InstanceOptions {
  /** Receives one line at a time, without line end. */
  log(line: string): void;
  /** Called after every answer and when the instance is gone, with what it will never begin. */
  freed(returned: readonly Waiting[]): void;
}

interface Message {
  readonly ready?: true;
  readonly log?: string;
  readonly level?: string;
  readonly result?: string;
  readonly error?: FunctionError;
  /** Milliseconds that the handler needed. */
  readonly took?: number;
}

interface Sent extends Waiting {
  readonly sequence: number;
  readonly requestId: string;
}

/** Lambda gives the code outside the handler ten seconds. */
const INIT_SECONDS = 10;
const QUICK_MS = 2;
/** More than events can be handed over to one instance; see CLAIMS in worker.mjs. */
const SLOTS = 64;

/** Starts a thread; events sent before it is ready wait for it. */
export function startInstance(config: FunctionConfig, { log, freed }: InstanceOptions): Instance {
  const claims = new Int32Array(new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT));
  const worker = startWorker(config, claims);
  const sent: Sent[] = [];
  const timeoutMs = config.timeoutSeconds * 1000;
  let sequence = 0;
  let since = 0;
  let quick = false;
  let ready = false;
  let dead = false;
  let stopped = false;
  let timer = setTimeout(() => die((id) => failures.timedOut(id, INIT_SECONDS)), INIT_SECONDS * 1000);

  const begin = () => {
    clearTimeout(timer);
    since = performance.now();
    if (sent.length > 0 && !dead) timer = setTimeout(die, timeoutMs, lateness);
  };
  const lateness = (id: string) => failures.timedOut(id, config.timeoutSeconds);
  const answered = (result: InvokeResult, returned: readonly Waiting[] = []) => {
    sent.shift()?.resolve(result);
    begin();
    freed(returned);
  };
  const reclaim = () => {
    quick = false;
    const back = sent.filter(
      ({ sequence: own }, at) => at > 0 && Atomics.compareExchange(claims, own % SLOTS, own, 0) === own,
    );
    sent.splice(0, sent.length, ...sent.filter((one) => !back.includes(one)));
    return back;
  };
  const report = (error: FunctionError) => {
    logLines(config, shown(error), "ERROR").forEach(log);
    return { error };
  };
  const die = (reason: (requestId: string) => FunctionError) => {
    if (dead) return;
    dead = true;
    void worker.terminate();
    const error = reason(sent[0]?.requestId ?? "-");
    const failure = stopped ? { error } : report(error);
    const returned = reclaim();
    for (const { resolve } of sent.splice(1)) resolve(failure);
    answered(failure, returned);
  };
  worker.on("message", ({ ready: isReady, log: text, level, result, error, took = 0 }: Message) => {
    if (text !== undefined) logLines(config, text, level).forEach(log);
    else if (isReady) {
      ready = true;
      begin();
    } else if (result !== undefined) {
      quick = took < QUICK_MS;
      answered(answer(result));
    } else if (error) ready ? answered(report(error)) : die(() => error);
  });
  worker.on("error", (error: unknown) => die((id) => crash(error, id)));
  worker.on("exit", (code) => die((id) => failures.exited(id, code)));
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => logLines(config, chunk.trimEnd()).forEach(log));
  }
  return {
    send({ event, resolve }) {
      sequence = (sequence % 0x7fffffff) + 1;
      const requestId = randomUUID();
      Atomics.store(claims, sequence % SLOTS, sequence);
      sent.push({ event, resolve, sequence, requestId });
      if (ready && sent.length === 1) begin();
      worker.postMessage({ event, sequence, requestId });
    },
    load: () => sent.length,
    busyFor: () => (ready && sent.length > 0 ? performance.now() - since : 0),
    quick: () => quick,
    reclaim,
    alive: () => !dead,
    stop() {
      stopped = true;
      return worker.terminate();
    },
  };
}

function startWorker(config: FunctionConfig, claims: Int32Array): Worker {
  const { file, exportName, callbacks, context, timeoutSeconds } = config;
  return new Worker(join(__dirname, "worker.mjs"), {
    workerData: { file, exportName, callbacks, context, timeoutSeconds, claims },
    env: config.environment(),
    // The loader that runs this file (tsx) is no part of the function's world.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: config.memoryMb },
  });
}

function answer(payload: string): InvokeResult {
  return Buffer.byteLength(payload) > failures.PAYLOAD_LIMIT ? { error: failures.responseTooLarge() } : { payload };
}

/** What ended the thread: its heap limit, or an error or rejection that nothing caught. */
function crash(error: unknown, requestId: string): FunctionError {
  if (typeof error !== "object" || error === null) return { errorType: typeof error, errorMessage: String(error) };
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return failures.outOfMemory(requestId);
  const { name = "Error", message = "" } = error as Partial<Error>;
  return { errorType: name, errorMessage: message };
}

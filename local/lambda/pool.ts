import type { FunctionConfig } from "./function-config";
import { exited, type InvokeResult } from "./function-error";
import { type Instance, startInstance } from "./instance";

/** The instances of one function. */
export interface Pool {
  invoke(event: string): Promise<InvokeResult>;
  close(drain: boolean): Promise<void>;
}

/**
 * How long an event may be in work before it makes room for one more instance, in milliseconds, if others wait. AWS
 * starts an instance for every event that finds none free; on a laptop a hundred quick events would then start a
 * hundred threads, which are slower together than one.
 */
const PATIENCE_MS = 10;

interface Waiting {
  readonly event: string;
  readonly resolve: (result: InvokeResult) => void;
}

/** Keeps instances warm, the most recently used first; grows to the function's concurrency while slow events wait. */
export function createPool(config: FunctionConfig, log: (line: string) => void): Pool {
  const idle: Instance[] = [];
  /** Instances at work, with the time at which their event began. */
  const busy = new Map<Instance, { readonly since: number; readonly work: Promise<void> }>();
  const queue: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;

  const run = (instance: Instance, { event, resolve }: Waiting) => {
    const work = instance.invoke(event).then((result) => {
      busy.delete(instance);
      if (instance.alive()) idle.push(instance);
      resolve(result);
      next();
    });
    busy.set(instance, { since: performance.now(), work });
  };
  const next = () => {
    if (queue.length === 0) return;
    const instance = take(idle) ?? (busy.size === 0 ? startInstance(config, log) : undefined);
    const waiting = instance && queue.shift();
    if (waiting) run(instance, waiting);
    else timer ??= setTimeout(grow, PATIENCE_MS);
  };
  const grow = () => {
    timer = undefined;
    const slow = [...busy.values()].some(({ since }) => performance.now() - since >= PATIENCE_MS);
    const waiting = slow && busy.size < config.concurrency ? queue.shift() : undefined;
    if (waiting) run(take(idle) ?? startInstance(config, log), waiting);
    next();
  };
  return {
    invoke: (event) =>
      new Promise((resolve) => {
        queue.push({ event, resolve });
        next();
      }),
    async close(drain) {
      while (drain && busy.size > 0) await Promise.all([...busy.values()].map(({ work }) => work));
      clearTimeout(timer);
      for (const { resolve } of queue.splice(0)) resolve({ error: exited("-", 0) });
      await Promise.all([...idle, ...busy.keys()].map((instance) => instance.stop()));
    },
  };
}

/** The most recently used instance that is still alive. */
function take(idle: Instance[]): Instance | undefined {
  const instance = idle.pop();
  return !instance || instance.alive() ? instance : take(idle);
}

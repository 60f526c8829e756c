import type { FunctionConfig } from "./function-config";
import { exited, type InvokeResult } from "./function-error";
import { type Instance, startInstance, type Waiting } from "./instance";

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
/** The same while events are otherwise quick: then it is the machine that is busy, and more threads would not help. */
const PATIENCE_IF_QUICK_MS = 50;
/** Events handed over to an instance that answers them quickly: waking a thread for each costs more than the handler. */
const DEPTH = 32;

/** Keeps instances warm and grows to the function's concurrency while slow events wait. */
export function createPool(config: FunctionConfig, log: (line: string) => void): Pool {
  const instances = new Set<Instance>();
  const queue: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let drained: () => void = () => undefined;

  const start = (): Instance => {
    const instance: Instance = startInstance(config, {
      log,
      freed(returned) {
        queue.unshift(...returned);
        if (!instance.alive()) instances.delete(instance);
        dispatch();
      },
    });
    instances.add(instance);
    return instance;
  };
  const dispatch = () => {
    if (closed) for (const { resolve } of queue.splice(0)) resolve({ error: exited("-", 0) });
    while (queue.length > 0) {
      const instance = leastLoaded(instances) ?? (instances.size === 0 ? start() : undefined);
      const waiting = instance && queue.shift();
      if (!waiting) break;
      instance.send(waiting);
    }
    const loads = [...instances].map((instance) => instance.load());
    if (queue.length > 0 || loads.some((load) => load > 1)) timer ??= setTimeout(grow, PATIENCE_MS);
    else if (loads.every((load) => load === 0)) drained();
  };
  const grow = () => {
    timer = undefined;
    const slow = [...instances].filter(isSlow);
    for (const instance of slow) queue.unshift(...instance.reclaim());
    const waiting = slow.length > 0 && instances.size < config.concurrency ? queue.shift() : undefined;
    if (waiting) (leastLoaded(instances) ?? start()).send(waiting);
    dispatch();
  };
  return {
    invoke: (event) =>
      new Promise((resolve) => {
        queue.push({ event, resolve });
        dispatch();
      }),
    async close(drain) {
      if (drain && (queue.length > 0 || [...instances].some((instance) => instance.load() > 0))) {
        await new Promise<void>((resolve) => {
          drained = resolve;
        });
      }
      closed = true;
      clearTimeout(timer);
      await Promise.all([...instances].map((instance) => instance.stop()));
      dispatch();
    },
  };
}

const isSlow = (instance: Instance) => instance.busyFor() >= (instance.quick() ? PATIENCE_IF_QUICK_MS : PATIENCE_MS);

/** The instance with the fewest events among those that can take one more. */
function leastLoaded(instances: Iterable<Instance>): Instance | undefined {
  let least: Instance | undefined;
  for (const instance of instances) {
    const room = instance.load() < (instance.quick() ? DEPTH : 1);
    if (room && (!least || instance.load() < least.load())) least = instance;
  }
  return least;
}

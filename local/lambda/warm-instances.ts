import type { FunctionConfig } from "./function-config";
import { exited, type InvokeResult } from "./function-error";
import { type Instance, startInstance } from "./instance";

/** The instances of one function. */
export interface WarmInstances {
  invoke(event: string, logged?: (line: string) => void): Promise<InvokeResult>;
  /** Stops every instance: at once, or with `drain` when no event is queued or running. */
  close(drain: boolean): Promise<void>;
}

interface Queued {
  readonly event: string;
  readonly logged: ((line: string) => void) | undefined;
  readonly resolve: (result: InvokeResult) => void;
}

/** A free instance handles the next event; without one a new instance starts, up to the function's concurrency. */
export function createWarmInstances(config: FunctionConfig, log: (line: string) => void): WarmInstances {
  const queue: Queued[] = [];
  let instances: Instance[] = [];
  let closed = false;
  let drained: (() => void) | undefined;

  const start = () => {
    const instance = startInstance(config, log);
    instances.push(instance);
    return instance;
  };
  const dispatch = () => {
    instances = instances.filter((instance) => instance.alive());
    while (queue.length > 0) {
      const idle = instances.find((instance) => instance.idle());
      const instance = idle ?? (instances.length < config.concurrency ? start() : undefined);
      const next = instance && queue.shift();
      if (!next) return;
      void instance.run(next.event, next.logged).then(next.resolve).then(dispatch);
    }
    if (instances.every((instance) => instance.idle())) drained?.();
  };
  return {
    invoke: (event, logged) =>
      new Promise((resolve) => {
        if (closed) return resolve({ error: exited("-", 0) });
        queue.push({ event, logged, resolve });
        dispatch();
      }),
    async close(drain) {
      if (drain) {
        await new Promise<void>((resolve) => {
          drained = resolve;
          dispatch();
        });
      }
      closed = true;
      for (const { resolve } of queue.splice(0)) resolve({ error: exited("-", 0) });
      await Promise.all(instances.map((instance) => instance.stop()));
    },
  };
}

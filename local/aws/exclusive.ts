export interface Exclusive {
  /** Runs beside others, but not while an exclusive one runs. */
  shared<T>(run: () => Promise<T>): Promise<T>;
  /** Runs alone, after all that began before. */
  alone<T>(run: () => Promise<T>): Promise<T>;
}

export function createExclusive(): Exclusive {
  const running = new Set<Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();
  const settled = (promise: Promise<unknown>) => promise.catch(() => undefined);
  return {
    shared(run) {
      const result = last.then(run);
      const tracked = settled(result);
      running.add(tracked);
      void tracked.then(() => running.delete(tracked));
      return result;
    },
    alone(run) {
      const before = [...running];
      const result = last.then(() => Promise.all(before)).then(run);
      last = settled(result);
      return result;
    },
  };
}

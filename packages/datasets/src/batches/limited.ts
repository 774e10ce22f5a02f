/** Runs tasks, at most `limit` at once, in the order they were given. */
export type Limited = <T>(task: () => Promise<T>) => Promise<T>;

/** A gate that lets `limit` tasks run at once and queues the others. */
export function limited(limit: number): Limited {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The next task in the queue starts, or the place becomes free.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

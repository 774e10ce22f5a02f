/** The name of the lock that a worker holds as long as it lives. */
function lifeSign(id: string): string {
  return `thaw worker ${id}`;
}

/**
 * Holds a lock until this worker ends, however it ends. Pages without https have no locks.
 *
 * @returns whether the lock is held
 */
export function showLife(id: string): Promise<boolean> {
  const { locks } = navigator;
  if (!locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    void locks.request(lifeSign(id), () => {
      resolve(true);
      return new Promise<never>(() => {});
    });
  });
}

/** Calls a function when the worker that holds a lock has ended: a browser sends a page no event then. */
export function onDeath(id: string, signal: AbortSignal, died: () => void): void {
  navigator.locks.request(lifeSign(id), { signal }, died).catch(() => {});
}

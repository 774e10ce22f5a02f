import { WorkerPool } from './worker-pool';

const pools = new Map<number, WorkerPool>();

/** The pool with a given number of threads. It is shared by all passes of the process, because threads take long to start. */
export function sharedPool(threads: number): WorkerPool {
  let pool = pools.get(threads);
  if (!pool) {
    pool = new WorkerPool(threads);
    pools.set(threads, pool);
  }
  return pool;
}

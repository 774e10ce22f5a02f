import { WorkerPool } from './worker-pool';

const pools = new Map<number, WorkerPool>();

/** The process' pool of this many threads, kept from pass to pass, as threads take long to start. */
export function sharedPool(threads: number): WorkerPool {
  let pool = pools.get(threads);
  if (!pool) {
    pool = new WorkerPool(threads);
    pools.set(threads, pool);
  }
  return pool;
}

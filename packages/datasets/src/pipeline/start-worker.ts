import type { Worker } from 'node:worker_threads';
import { installedFile } from '../platform/installed-file';
import { nodeModules } from '../platform/node-modules';

/** Starts a thread that evaluates the code of image-worker. */
export function startWorker(code: string): Worker {
  return new (nodeModules()!.threads.Worker)(code, {
    eval: true,
    workerData: { sharp: installedFile('sharp') },
  });
}

import type { Worker } from 'node:worker_threads';
import { nodeModules } from '../platform/node-modules';
import { sharpFile } from './sharp-file';

/** Starts a thread that evaluates the code of image-worker. */
export function startWorker(code: string): Worker {
  return new (nodeModules()!.threads.Worker)(code, { eval: true, workerData: { sharp: sharpFile() } });
}

import type { Worker } from 'node:worker_threads';
import { nodeModules } from '../platform/node-modules';

/** Starts a thread of image-worker: built, it lies beside this package's entry. */
export function startWorker(): Worker {
  const { threads } = nodeModules()!;
  if (!import.meta.url.endsWith('.ts')) {
    return new threads.Worker(new URL('./image-worker.js', import.meta.url));
  }
  // In this repository the sources run as they are; a thread doesn't inherit the loader that reads them.
  const file = JSON.stringify(new URL('./image-worker.ts', import.meta.url).href);
  return new threads.Worker(`import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`, {
    eval: true,
    execArgv: [],
  });
}

import { installedFile } from '../platform/installed-file';
import { nodeModules } from '../platform/node-modules';
import type { Thread } from '../platform/node-types';

/** Starts a thread that evaluates the code of image-worker. */
export function startWorker(code: string): Thread {
  return new (nodeModules()!.threads.Worker)(code, {
    eval: true,
    workerData: { sharp: installedFile('sharp') },
  });
}

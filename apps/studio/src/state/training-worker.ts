import { signal } from '@preact/signals';
import type { TrainingWorker } from '@thawjs/browser';

/** The worker's backend: "wasm", "webgl" …; undefined until the worker has started. */
export const backend = signal<string | undefined>(undefined);

let started: Promise<TrainingWorker> | undefined;

/** The worker that trains and predicts, started at the first call. */
export function trainingWorker(): Promise<TrainingWorker> {
  started ??= start().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

/** Ends the worker. The next call of `trainingWorker` starts a new one. */
export async function endTrainingWorker(): Promise<void> {
  const ending = started;
  started = undefined;
  (await ending)?.close();
}

async function start(): Promise<TrainingWorker> {
  const { startTrainingWorker } = await import('@thawjs/browser');
  const worker = await startTrainingWorker({
    worker: () => new Worker(new URL('../training/training.worker.ts', import.meta.url), { type: 'module' }),
    wasmPath: new URL('wasm/', document.baseURI).href,
  });
  backend.value = worker.backend.name;
  return worker;
}

// What bundlers find the worker's file by; pages without a bundler have a URL in the place of this file.
export const worker: (() => Worker) | string = () =>
  new Worker(new URL('./training.worker.mjs', import.meta.url), { type: 'module' });

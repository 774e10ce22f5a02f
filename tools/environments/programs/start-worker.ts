// Bundlers find the worker's file by this expression. Pages without a bundler have a URL instead of this file.
export const worker: (() => Worker) | string = () =>
  new Worker(new URL('./training.worker.mjs', import.meta.url), { type: 'module' });

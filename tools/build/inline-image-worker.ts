import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** A thread's code has no folder, so it loads sharp from the path that the starting thread resolved. */
const SHARP = `
  const { workerData } = process.getBuiltinModule('node:worker_threads');
  module.exports = process.getBuiltinModule('node:module').createRequire(workerData.sharp)(workerData.sharp);
`;

const sharpOfWorkerData: Plugin = {
  name: 'sharp-of-worker-data',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^sharp$/ }, () => ({ path: 'sharp', namespace: 'worker-data' }));
    onLoad({ filter: /.*/, namespace: 'worker-data' }, () => ({ contents: SHARP }));
  },
};

/**
 * Replaces the module image-worker-code.ts, which runs the sources, by one that has all of image-worker.ts in a string:
 * one script without imports, which a thread can evaluate wherever a bundler has put it.
 */
export const inlineImageWorker: Plugin = {
  name: 'inline-image-worker',
  setup({ onLoad }) {
    onLoad({ filter: /image-worker-code\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        entryPoints: [join(dirname(path), 'image-worker.ts')],
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
        platform: 'node',
        target: 'es2022',
        plugins: [sharpOfWorkerData],
      });
      return { contents: `export const imageWorkerCode = ${JSON.stringify(outputFiles[0].text)};` };
    });
  },
};

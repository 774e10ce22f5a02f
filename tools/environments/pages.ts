import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserFolder } from '../build/browser-folder';
import { command } from './command';
import type { Environment } from './environment';
import { openFolder } from './open-page';

const HTML = '<!doctype html><meta charset="utf-8"><title>Thaw</title>';

/** Pages that a bundler builds into the folder `out`, and pages without a bundler. */
export const pages: readonly Environment[] = [
  {
    name: 'Vite, page',
    beside: { vite: '*' },
    build: async ({ folder }) => {
      writeFileSync(join(folder, 'index.html'), `${HTML}<script type="module" src="/page.mjs"></script>`);
      writeFileSync(
        join(folder, 'vite.config.mjs'),
        `export default { build: { outDir: 'out', target: 'es2022' }, worker: { format: 'es' } };`,
      );
      await command(folder, 'vite', ['build']);
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
  {
    name: 'webpack 5, page',
    beside: { webpack: '^5.90.0', 'webpack-cli': '*' },
    build: async ({ folder }) => {
      writeFileSync(
        join(folder, 'webpack.config.mjs'),
        `export default {
           mode: 'production',
           entry: './page.mjs',
           output: { path: import.meta.dirname + '/out', filename: 'page.js', publicPath: '/' },
         };`,
      );
      await command(folder, 'webpack', ['-c', 'webpack.config.mjs']);
      servePage(folder);
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
  {
    name: 'esbuild, page',
    beside: { esbuild: '^0.28.0' },
    build: async ({ folder }) => {
      writeFileSync(join(folder, 'start-worker.js'), startAt('/training.worker.js'));
      await command(folder, 'esbuild', [
        'page.mjs',
        'training.worker.mjs',
        '--bundle',
        '--splitting',
        '--format=esm',
        '--outdir=out',
      ]);
      servePage(folder);
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
  {
    name: 'Rollup, page',
    beside: {
      rollup: '^4.0.0',
      '@rollup/plugin-commonjs': '^29.0.0',
      '@rollup/plugin-node-resolve': '^16.0.0',
    },
    build: async ({ folder }) => {
      writeFileSync(join(folder, 'start-worker.js'), startAt('/training.worker.js'));
      writeFileSync(
        join(folder, 'rollup.config.mjs'),
        `import commonjs from '@rollup/plugin-commonjs';
         import { nodeResolve } from '@rollup/plugin-node-resolve';
         export default {
           input: ['page.mjs', 'training.worker.mjs'],
           output: { dir: 'out', format: 'es' },
           plugins: [nodeResolve({ browser: true }), commonjs()],
         };`,
      );
      await command(folder, 'rollup', ['-c', 'rollup.config.mjs']);
      servePage(folder);
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
  {
    name: 'no bundler: folder and import map',
    build: async ({ folder }) => {
      await browserFolder(folder, join(folder, 'out/thaw'), '/thaw/');
      for (const file of ['page.mjs', 'train-and-predict.js'])
        cpSync(join(folder, file), join(folder, 'out', file));
      writeFileSync(join(folder, 'out/start-worker.js'), startAt('/thaw/training-worker.js'));
      const map = readFileSync(join(folder, 'out/thaw/importmap.json'), 'utf8');
      writeFileSync(
        join(folder, 'out/index.html'),
        `${HTML}<script type="importmap">${map}</script><script type="module" src="/page.mjs"></script>`,
      );
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
  {
    name: 'no bundler: prebuilt bundle',
    build: async ({ folder }) => {
      await browserFolder(folder, join(folder, 'out/thaw'), '/thaw/');
      // The same program, with all imports from the one file.
      const program = readFileSync(join(folder, 'train-and-predict.js'), 'utf8').replaceAll(
        /^import (.*) from "(?:@tensorflow\/tfjs-(layers)|@thawjs\/(\w+))";$/gm,
        (_, names, __, name) =>
          `import { ${name ?? 'tfl'} } from "/thaw/thaw.js";\nconst ${names} = ${name ?? 'tfl'};`,
      );
      writeFileSync(join(folder, 'out/train-and-predict.js'), program);
      const page = readFileSync(join(folder, 'page.mjs'), 'utf8').replace(
        'import { trainInWorker } from "@thawjs/browser";',
        'import { browser } from "/thaw/thaw.js";\nconst { trainInWorker } = browser;',
      );
      writeFileSync(join(folder, 'out/page.mjs'), page);
      writeFileSync(join(folder, 'out/start-worker.js'), startAt('/thaw/training-worker.js'));
      writeFileSync(join(folder, 'out/index.html'), `${HTML}<script type="module" src="/page.mjs"></script>`);
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
];

/** Writes a page with one script. */
function servePage(folder: string): void {
  writeFileSync(join(folder, 'out/index.html'), `${HTML}<script type="module" src="/page.js"></script>`);
}

/** The file that tells where the worker's file is, for pages without a bundler. */
function startAt(url: string): string {
  return `export const worker = '${url}';\n`;
}

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserFolder } from '../build/browser-folder';
import { command } from './command';
import type { Environment } from './environment';
import { openFolder } from './open-page';

const HTML = '<!doctype html><meta charset="utf-8"><title>Thaw</title>';

/** A page that a bundler makes into the folder `out`, and pages without a bundler. */
export const pages: readonly Environment[] = [
  {
    name: 'Vite, page',
    beside: { vite: '*' },
    build: async ({ folder }) => {
      writeFileSync(join(folder, 'index.html'), `${HTML}<script type="module" src="/page.mjs"></script>`);
      writeFileSync(
        join(folder, 'vite.config.mjs'),
        `export default { build: { outDir: 'out', target: 'es2022' } };`,
      );
      await command(folder, 'vite', ['build']);
      serveWasm(folder);
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
      await command(folder, 'esbuild', [
        'page.mjs',
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
      writeFileSync(
        join(folder, 'rollup.config.mjs'),
        `import commonjs from '@rollup/plugin-commonjs';
         import { nodeResolve } from '@rollup/plugin-node-resolve';
         export default {
           input: 'page.mjs',
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
      const map = readFileSync(join(folder, 'out/thaw/importmap.json'), 'utf8');
      writeFileSync(
        join(folder, 'out/index.html'),
        `${HTML}<script type="importmap">${map}</script><script type="module" src="/page.mjs"></script>`,
      );
      serveWasm(folder);
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
  {
    name: 'no bundler: prebuilt bundle',
    build: async ({ folder }) => {
      await browserFolder(folder, join(folder, 'out/thaw'), '/thaw/');
      // The same program, which takes all from the one file.
      const program = readFileSync(join(folder, 'train-and-predict.js'), 'utf8').replaceAll(
        /^import (.*) from "(?:@tensorflow\/tfjs-(layers)|@thawjs\/(\w+))";$/gm,
        (_, names, __, name) =>
          `import { ${name ?? 'tfl'} } from "/thaw/thaw.js";\nconst ${names} = ${name ?? 'tfl'};`,
      );
      writeFileSync(join(folder, 'out/train-and-predict.js'), program);
      cpSync(join(folder, 'page.mjs'), join(folder, 'out/page.mjs'));
      writeFileSync(join(folder, 'out/index.html'), `${HTML}<script type="module" src="/page.mjs"></script>`);
      serveWasm(folder);
    },
    run: ({ folder }) => openFolder(join(folder, 'out')),
  },
];

/** A page for one script, and the wasm backend's files, which a server serves beside it. */
function servePage(folder: string): void {
  writeFileSync(join(folder, 'out/index.html'), `${HTML}<script type="module" src="/page.js"></script>`);
  serveWasm(folder);
}

function serveWasm(folder: string): void {
  const from = join(folder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  mkdirSync(join(folder, 'out/wasm'), { recursive: true });
  for (const file of readdirSync(from).filter((name) => name.endsWith('.wasm'))) {
    cpSync(join(from, file), join(folder, 'out/wasm', file));
  }
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import type { Environment, Outcome, Project } from './environment';
import { lastLine } from './last-line';

/** Names of CommonJS that TensorFlow.js uses, for a bundle of ES modules. */
const BANNER =
  'import{createRequire as r}from"node:module";const require=r(import.meta.url),__dirname=import.meta.dirname;';

/** Everything in one bundle for Node, except sharp, whose native library no bundler can include. */
export const serverBundles: readonly Environment[] = [
  {
    name: 'esbuild, Node bundle',
    beside: { esbuild: '^0.28.0' },
    build: async ({ folder }) => {
      await command(folder, 'esbuild', [
        'node.mjs',
        '--bundle',
        '--platform=node',
        '--format=esm',
        '--external:sharp',
        '--outfile=out/node.mjs',
        `--banner:js=${BANNER}`,
      ]);
    },
    run: fromOut,
  },
  {
    name: 'Rollup, Node bundle',
    beside: {
      rollup: '^4.0.0',
      '@rollup/plugin-commonjs': '^29.0.0',
      '@rollup/plugin-json': '^6.0.0',
      '@rollup/plugin-node-resolve': '^16.0.0',
    },
    build: async ({ folder }) => {
      writeFileSync(
        join(folder, 'rollup.config.mjs'),
        `import commonjs from '@rollup/plugin-commonjs';
         import json from '@rollup/plugin-json';
         import { nodeResolve } from '@rollup/plugin-node-resolve';
         export default {
           input: 'node.mjs',
           external: ['sharp'],
           output: { dir: 'out', format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', banner: '${BANNER}' },
           plugins: [nodeResolve({ exportConditions: ['node'], preferBuiltins: true }), commonjs(), json()],
         };`,
      );
      await command(folder, 'rollup', ['-c', 'rollup.config.mjs']);
    },
    run: fromOut,
  },
  {
    name: 'webpack 5, Node bundle',
    beside: { webpack: '^5.90.0', 'webpack-cli': '*' },
    build: async ({ folder }) => {
      writeFileSync(
        join(folder, 'webpack.config.mjs'),
        `export default {
           mode: 'production',
           target: 'node20',
           entry: './node.mjs',
           experiments: { outputModule: true },
           externals: { sharp: 'module sharp' },
           output: { path: import.meta.dirname + '/out', filename: 'node.mjs', module: true },
         };`,
      );
      await command(folder, 'webpack', ['-c', 'webpack.config.mjs']);
    },
    run: fromOut,
  },
  {
    name: 'Vite, SSR bundle',
    beside: { vite: '*' },
    build: async ({ folder }) => {
      writeFileSync(
        join(folder, 'vite.config.mjs'),
        `export default { ssr: { noExternal: [/^@thawjs/] }, build: { ssr: 'node.mjs', outDir: 'out', target: 'es2022' } };`,
      );
      await command(folder, 'vite', ['build']);
    },
    run: async ({ folder }) => lastLine(await command(folder, process.execPath, ['out/node.js'])),
  },
];

async function fromOut({ folder }: Project): Promise<Outcome> {
  return lastLine(await command(folder, process.execPath, ['out/node.mjs']));
}

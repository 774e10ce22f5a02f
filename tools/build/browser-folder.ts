import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { inlineWasmBinary } from './inline-wasm-binary';

/** The names that a page may import, and the files that they become. */
const ENTRIES: Readonly<Record<string, string>> = {
  '@tensorflow/tfjs-core': 'tfjs-core',
  '@tensorflow/tfjs-layers': 'tfjs-layers',
  '@thawjs/backends': 'backends',
  '@thawjs/backends/wasm': 'backends-wasm',
  '@thawjs/browser': 'browser',
  '@thawjs/core': 'core',
  '@thawjs/core/predict': 'core-predict',
  '@thawjs/datasets': 'datasets',
  '@thawjs/metrics': 'metrics',
};
/** All packages under one name: `import { core, datasets } from './thaw/thaw.js'`. */
const ALL = {
  tf: '@tensorflow/tfjs-core',
  tfl: '@tensorflow/tfjs-layers',
  backends: '@thawjs/backends',
  browser: '@thawjs/browser',
  core: '@thawjs/core',
  datasets: '@thawjs/datasets',
  metrics: '@thawjs/metrics',
};

/**
 * Writes a folder that a page uses without a bundler: a minified module per package, and `thaw.js` with all of them.
 * They share code, so that TensorFlow.js is there only once. The folder also has `training-worker.js`, the file of a
 * worker, and `importmap.json`.
 *
 * @param project the folder in which the packages are installed
 * @param folder the folder that the page's server serves as `url`
 */
export async function browserFolder(project: string, folder: string, url: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(ALL).join(', ');
  const everything = Object.entries(ALL).map(([name, from]) => `import * as ${name} from '${from}';`);
  const sources: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.entries(ENTRIES).map(([from, file]) => [file, `export * from '${from}';`])),
    'training-worker': `import { serveTraining } from '@thawjs/browser/worker'; serveTraining();`,
    thaw: `${everything.join('\n')}\nexport { ${names} };`,
  };
  await build({
    entryPoints: Object.keys(sources).map((file) => ({ in: `thaw-entry:${file}`, out: file })),
    plugins: [
      // In the workspace, packages resolve to their sources.
      inlineWasmBinary,
      {
        name: 'thaw-entry',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^thaw-entry:/ }, ({ path }) => ({
            path: path.slice('thaw-entry:'.length),
            namespace: 'thaw-entry',
          }));
          onLoad({ filter: /.*/, namespace: 'thaw-entry' }, ({ path }) => ({
            contents: sources[path],
            resolveDir: project,
          }));
        },
      },
    ],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    outdir: folder,
    absWorkingDir: project,
    logLevel: 'error',
  });
  const imports = Object.fromEntries(
    Object.entries(ENTRIES).map(([from, file]) => [from, `${url}${file}.js`]),
  );
  writeFileSync(join(folder, 'importmap.json'), `${JSON.stringify({ imports }, null, 2)}\n`);
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { PackedPackage } from './pack-packages';
import { runCommand } from './run-command';

/** The modules that smoke.ts is given, and their packages. */
const MODULES = {
  tf: '@tensorflow/tfjs-core',
  tfl: '@tensorflow/tfjs-layers',
  backends: '@thawjs/backends',
  backendsNode: '@thawjs/backends/node',
  backendsWasm: '@thawjs/backends/wasm',
  core: '@thawjs/core',
  corePredict: '@thawjs/core/predict',
  datasets: '@thawjs/datasets',
  celeba: '@thawjs/datasets-celeba',
  metrics: '@thawjs/metrics',
  report: '@thawjs/report',
  cli: 'thaw',
};

/** Draws sixty images of two colours, dark or light, and writes their labels. */
const DRAW_IMAGES = `
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const [folder] = process.argv.slice(2);
mkdirSync(join(folder, 'images'));
const rows = [];
for (let i = 0; i < 60; i++) {
  const [red, light] = [i % 2, i % 3 ? 0 : 1];
  const level = light ? 230 : 90;
  const background = { r: red ? level : 20, g: 20, b: red ? 20 : level };
  const image = sharp({ create: { width: 40, height: 36, channels: 3, background } });
  await image.png().toFile(join(folder, 'images', i + '.png'));
  rows.push([i + '.png', red, light].join());
}
writeFileSync(join(folder, 'labels.csv'), ['file,Red,Light', ...rows, ''].join('\\n'));
`;

/**
 * Installs the packed packages with npm in the empty folder `project`, as a user would, and uses each of them on two
 * versions of Node.
 */
export function tryAsUser(project: string, packages: readonly PackedPackage[]): void {
  const names = Object.keys(MODULES).join(', ');
  const imports = Object.entries(MODULES).map(([name, from]) => `import * as ${name} from '${from}';`);
  const requires = Object.entries(MODULES).map(([name, from]) => `const ${name} = require('${from}');`);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  writeFileSync(
    join(project, 'user.mjs'),
    [...imports, `import { smoke } from './smoke.mjs';`, `await smoke({ ${names} });\n`].join('\n'),
  );
  writeFileSync(
    join(project, 'user.cjs'),
    [...requires, `import('./smoke.mjs').then(({ smoke }) => smoke({ ${names} }));\n`].join('\n'),
  );
  // Both in one process, so that each package is loaded twice.
  writeFileSync(
    join(project, 'both.mjs'),
    [
      ...imports,
      `import { createRequire } from 'node:module';`,
      `import { smokeErrors } from './smoke.mjs';`,
      'const require = createRequire(import.meta.url);',
      `function required() { ${requires.join(' ')} return { ${names} }; }`,
      `await smokeErrors([{ ${names} }, required()]);\n`,
    ].join('\n'),
  );
  buildSync({
    entryPoints: [join(import.meta.dirname, 'smoke.ts')],
    outfile: join(project, 'smoke.mjs'),
    format: 'esm',
  });
  writeFileSync(join(project, 'draw-images.mjs'), DRAW_IMAGES);

  const peers = ['@tensorflow/tfjs-core@4', '@tensorflow/tfjs-layers@4'];
  runCommand(
    'npm',
    ['install', '--ignore-scripts', ...packages.map((one) => one.tarball), ...peers],
    project,
  );
  runCommand('node', ['user.mjs'], project);
  runCommand('node', ['user.cjs'], project);
  runCommand('node', ['both.mjs'], project);
  const oldest = oldestNode(join(project, 'oldest-node'));
  for (const file of ['user.mjs', 'user.cjs']) runCommand(oldest, [file], project);
  // The program that `npx thaw-backends doctor` starts.
  runCommand(join(project, 'node_modules/.bin/thaw-backends'), ['doctor'], project);
  trainByCommand(project);
}

/** Trains and predicts on drawn images with `thaw` alone, in a user's folder. */
function trainByCommand(project: string): void {
  const folder = join(project, 'by-command');
  const thaw = (...argv: string[]) => runCommand(join(project, 'node_modules/.bin/thaw'), argv, folder);
  mkdirSync(folder);
  runCommand('node', [join(project, 'draw-images.mjs'), folder], project);
  const network = ['--backbone', 'mobilenet_v3_small', '--weights', 'none', '--size', '32'];
  thaw(
    'train',
    'images',
    'labels.csv',
    ...network,
    '--head-epochs',
    '2',
    '--thaw-epochs',
    '1',
    '--out',
    'run',
  );
  const rows = thaw('predict', 'images', '--model', 'run', '--json').trim().split('\n');
  if (rows.length !== 60) throw new Error(`thaw predict: expected 60 rows; received ${rows.length}`);
}

/** Installs the oldest version of Node that our `engines` allow, from the package registry. */
function oldestNode(folder: string): string {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  runCommand('npm', ['install', '--ignore-scripts', `${name}@20.16.0`], folder);
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { PackedPackage } from './pack-packages';
import { runCommand } from './run-command';

/** What smoke.ts is given, and where a user gets it. */
const MODULES = {
  tf: '@tensorflow/tfjs-core',
  tfl: '@tensorflow/tfjs-layers',
  backends: '@thawjs/backends',
  backendsNode: '@thawjs/backends/node',
  backendsWasm: '@thawjs/backends/wasm',
  core: '@thawjs/core',
  datasets: '@thawjs/datasets',
  celeba: '@thawjs/datasets-celeba',
  metrics: '@thawjs/metrics',
  report: '@thawjs/report',
};

/** Installs the packed packages with npm in the empty folder `project`, as a user would, and uses each on two Nodes. */
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
  // Both in one process: each package is there twice.
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
  // What `npx thaw-backends doctor` starts.
  runCommand(join(project, 'node_modules/.bin/thaw-backends'), ['doctor'], project);
}

/** Gets the oldest Node that our `engines` promise, from the package registry. */
function oldestNode(folder: string): string {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  runCommand('npm', ['install', '--ignore-scripts', `${name}@20.16.0`], folder);
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

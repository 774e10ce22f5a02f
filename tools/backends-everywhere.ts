// The packed @thawjs/backends in users' environments: every Node, package manager and bundler, with and without the
// native backend in the user's cache. Needs `pnpm build`, npm's registry and some minutes.
// `pnpm check:backends [NAME…]`
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEXT_ENVIRONMENTS } from './backends/next-environments';
import { NODE_ENVIRONMENTS } from './backends/node-environments';
import { PROGRAMS } from './backends/programs';
import { writeFiles } from './backends/write-files';
import { packPackages } from './packages/pack-packages';

const root = join(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const environments = [...NODE_ENVIRONMENTS, ...NEXT_ENVIRONMENTS].filter(
  ({ name }) => !wanted.length || wanted.some((part) => name.includes(part)),
);

/**
 * The backend that each run must choose: by default the cache's native backend; wasm if it is asked for, or if there is
 * no native backend.
 */
const RUNS = [
  { prefer: '', emptyCache: false, expected: 'native' },
  { prefer: 'wasm', emptyCache: false, expected: 'wasm' },
  { prefer: '', emptyCache: true, expected: 'wasm' },
];

const folder = mkdtempSync(join(tmpdir(), 'thaw-backends-'));
try {
  const { tarball } = packPackages(root, folder).find(({ name }) => name === '@thawjs/backends')!;
  console.log('| environment | default | wasm | default, nothing in the cache |');
  console.log('| --- | --- | --- | --- |');
  for (const [i, environment] of environments.entries()) {
    const project = join(folder, `${i}`);
    mkdirSync(project);
    writeFiles(project, PROGRAMS);
    const cells: string[] = [];
    try {
      environment.install(project, tarball);
      for (const { prefer, emptyCache, expected } of RUNS) {
        const env = emptyCache ? { XDG_CACHE_HOME: join(folder, 'empty') } : {};
        const line = await environment.run(project, prefer, env);
        const { name, tensorflow, sum, reasons } = JSON.parse(line.trim().split('\n').at(-1)!);
        const isRight = name === expected && sum === 9;
        cells.push(isRight ? [name, tensorflow].filter(Boolean).join(' ') : `WRONG ${line}`);
        if (emptyCache && !reasons[0]?.remedy.includes('thaw-backends setup')) cells.push('WRONG no remedy');
      }
    } catch (error) {
      cells.push(`WRONG ${(error as Error).message.slice(0, 500)}`);
    }
    console.log(`| ${[environment.name, ...cells].join(' | ')} |`);
    if (cells.some((cell) => cell.startsWith('WRONG'))) process.exitCode = 1;
    rmSync(project, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

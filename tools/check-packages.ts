// The published form of every package, after `pnpm build`: packed, linted, installed by a user. `pnpm check:packages`
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleForBrowser } from './packages/bundle-for-browser';
import { bundleSize } from './packages/bundle-size';
import { packPackages } from './packages/pack-packages';
import { packageProblems } from './packages/package-problems';
import { publishedReferences } from './packages/published-references';
import { tryAsUser } from './packages/try-as-user';

const root = join(import.meta.dirname, '..');
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

const folder = mkdtempSync(join(tmpdir(), 'thaw-packages-'));
try {
  const packages = packPackages(root, folder);
  for (const one of packages) {
    const problems = await packageProblems(one);
    console.log(`${one.name}: ${kilobytes(one.bytes)} packed${problems.length ? '' : ', no problems'}`);
    for (const problem of problems) console.error(`  ${problem}`);
    if (problems.length) process.exitCode = 1;
  }
  const project = join(folder, 'user');
  mkdirSync(project);
  tryAsUser(project, packages);
  console.log('installed with npm: import, require and `thaw-backends doctor` work');
  for (const { name } of packages) {
    const lost = publishedReferences(join(project, 'node_modules', name));
    for (const problem of lost) console.error(`${name}: ${problem}`);
    if (lost.length) process.exitCode = 1;
  }
  const unfit = await bundleForBrowser(project);
  console.log(unfit.length ? 'bundles for a browser:' : 'they bundle for a browser');
  for (const problem of unfit) console.error(`  ${problem}`);
  if (unfit.length) process.exitCode = 1;
  const whole = await bundleSize(project, '@thawjs/metrics');
  const alone = await bundleSize(project, '@thawjs/metrics', ['rocAucScore']);
  console.log(
    `@thawjs/metrics minified and gzipped: ${kilobytes(whole)}, rocAucScore alone ${kilobytes(alone)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Checks the published form of every package, after `pnpm build`: packed, linted, and installed as by a user.
// `pnpm check:packages`
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleForBrowser } from './packages/bundle-for-browser';
import { bundleSizes } from './packages/bundle-sizes';
import { compileAsUser } from './packages/compile-as-user';
import { importTimes } from './packages/import-times';
import { packPackages } from './packages/pack-packages';
import { packageProblems } from './packages/package-problems';
import { publishedReferences } from './packages/published-references';
import { tryAsUser } from './packages/try-as-user';

const root = join(import.meta.dirname, '..');
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Prints that a claim holds, or the problems, which make the check fail. */
function report(claim: string, problems: readonly string[]): void {
  console.log(problems.length ? `not true: ${claim}` : claim);
  for (const problem of problems) console.error(`  ${problem}`);
  if (problems.length) process.exitCode = 1;
}

const folder = mkdtempSync(join(tmpdir(), 'thaw-packages-'));
try {
  const packages = packPackages(root, folder);
  for (const one of packages) {
    report(`${one.name}: ${kilobytes(one.bytes)} packed, no problems`, await packageProblems(one));
  }
  const project = join(folder, 'user');
  mkdirSync(project);
  tryAsUser(project, packages);
  console.log('installed with npm: import, require and `thaw-backends doctor` work');
  report(
    'published files refer to published files',
    packages.flatMap(({ name }) =>
      publishedReferences(join(project, 'node_modules', name)).map((problem) => `${name}: ${problem}`),
    ),
  );
  report('they compile under every moduleResolution, strict', compileAsUser(project));
  report('they bundle for a browser', await bundleForBrowser(project));
  for (const { name, first, onUse, budget, goal } of await bundleSizes(project)) {
    const later = onUse ? `, ${kilobytes(onUse)} more on use` : '';
    const open = goal && first > goal ? ` (the goal of ${kilobytes(goal)} is not reached)` : '';
    const over = budget && first > budget ? [`the budget is ${kilobytes(budget)}`] : [];
    report(`bundle, minified and gzipped: ${name}: ${kilobytes(first)}${later}${open}`, over);
  }
  for (const { name, cpuMs } of importTimes(
    project,
    packages.map((one) => one.name),
  )) {
    console.log(`import ${name}: ${cpuMs} ms of processor time`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { filterProblems } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { PackedPackage } from './pack-packages';

/** A `browser` field that excludes a Node module from bundles. `exports` can't do this for a dependency. */
const ALLOWED = 'USE_EXPORTS_OR_IMPORTS_BROWSER';

/** The problems that publint and are-the-types-wrong find in a packed package, one sentence each. */
export async function packageProblems({ tarball }: PackedPackage): Promise<string[]> {
  const bytes = Uint8Array.from(readFileSync(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  const published = messages
    .filter(({ code }) => code !== ALLOWED)
    .map((message) => `publint: ${message.code} ${formatMessage(message, pkg)}`);

  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!analysis.types) return [...published, 'are-the-types-wrong: it has no types'];
  const typed = (['node10', 'node16-cjs', 'node16-esm', 'bundler'] as const)
    .flatMap((resolutionKind) => filterProblems(analysis, { resolutionKind }))
    .map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
  return [...published, ...new Set(typed)];
}

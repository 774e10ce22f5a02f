// Checks that ARCHITECTURE.md lists every folder of every package, and that the folders of core import only from lower
// folders, in the order of its list. `pnpm cycles`
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unlistedFolders } from './folders/unlisted-folders';
import { upwardImports } from './folders/upward-imports';

const root = join(import.meta.dirname, '..');
const markdown = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
const sources = join(root, 'packages/core/src');

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The folders in the first list of the chapter on core, from the lowest to the highest. */
function listedFolders(): string[] {
  const chapter = markdown.split('\n## core\n')[1] ?? '';
  const [, list = ''] = chapter.split('```');
  return [...list.matchAll(/^([a-z-]+)\/ /gm)].map(([, folder]) => folder);
}

const folders = listedFolders();
const found = foldersIn(sources);
const problems = [
  ...folders.filter((name) => !found.includes(name)).map((name) => `there is no folder ${name}/ any more`),
  ...folders
    .filter((name, at) => folders.indexOf(name) !== at)
    .map((name) => `ARCHITECTURE.md lists ${name}/ twice`),
  ...upwardImports(sources, folders, ['index.ts', 'predict.ts']),
].map((problem) => `packages/core/src: ${problem}`);

for (const [chapter, folder] of [
  ...foldersIn(join(root, 'packages')).map((name) => [name, `packages/${name}/src`] as const),
  ['apps/studio', 'apps/studio/src'] as const,
]) {
  if (!existsSync(join(root, folder))) continue;
  problems.push(...unlistedFolders(markdown, chapter, foldersIn(join(root, folder))));
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

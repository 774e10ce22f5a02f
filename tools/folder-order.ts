// Checks that the folders of core import only from lower folders, in the order of the list in ARCHITECTURE.md.
// `pnpm cycles`
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upwardImports } from './folders/upward-imports';

const root = join(import.meta.dirname, '..');
const sources = join(root, 'packages/core/src');

/** The folders in the first list of the chapter on core, from the lowest to the highest. */
function listedFolders(): string[] {
  const chapter = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split('\n## core\n')[1] ?? '';
  const [, list = ''] = chapter.split('```');
  return [...list.matchAll(/^([a-z-]+)\/ /gm)].map(([, folder]) => folder);
}

const folders = listedFolders();
const found = readdirSync(sources, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const problems = [
  ...found.filter((name) => !folders.includes(name)).map((name) => `ARCHITECTURE.md doesn't list ${name}/`),
  ...folders.filter((name) => !found.includes(name)).map((name) => `there is no folder ${name}/ any more`),
  ...folders
    .filter((name, at) => folders.indexOf(name) !== at)
    .map((name) => `ARCHITECTURE.md lists ${name}/ twice`),
  ...upwardImports(sources, folders),
];
for (const problem of problems) console.error(`packages/core/src: ${problem}`);
if (problems.length > 0) process.exitCode = 1;

// Tries every environment in which users have the packages, after `pnpm build`: installs, builds, trains, predicts.
// `pnpm environments` writes docs/environments.md. `pnpm environments WORD…` tries those with such a word in their
// names, and writes their rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './environments/command-line';
import { environmentsPage } from './environments/environments-page';
import { next } from './environments/next';
import { packageManagers } from './environments/package-managers';
import { pages } from './environments/pages';
import { servePackages } from './environments/serve-packages';
import { serverBundles } from './environments/server-bundles';
import { type Row, tryEnvironment } from './environments/try-environment';
import { packPackages } from './packages/pack-packages';

const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const all = [...packageManagers, ...commandLine, ...serverBundles, ...pages, ...next];
const names = all.map(({ name }) => name);
/** Whether a word is a whole name, as `bun` is, which "bundle" has in it. */
const isName = (word: string) => names.some((name) => name.toLowerCase() === word);
const asked = all.filter(
  ({ name }) =>
    words.length === 0 ||
    words.some((word) => (isName(word) ? name.toLowerCase() === word : name.toLowerCase().includes(word))),
);

const folder = mkdtempSync(join(tmpdir(), 'thaw-environments-'));
const server = await servePackages(packPackages(root, folder));
try {
  const page = join(root, 'docs/environments.md');
  const before = await readFile(page, 'utf8');
  const rows: Row[] = [];
  for (const environment of asked) {
    const row = await tryEnvironment(environment, server, folder);
    const { name, error, seconds, ...reached } = row;
    console.log(name, JSON.stringify(reached), `${seconds.toFixed(0)} s`);
    if (error) {
      console.error(error);
      process.exitCode = 1;
    }
    rows.push(row);
    await writeFile(page, environmentsPage(names, rows, before));
  }
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

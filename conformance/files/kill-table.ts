import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The results of the kills of one operation. */
export interface KillRow {
  readonly kills: number;
  /** The number of whole versions, old or new. */
  readonly whole: number;
  /** The number of kills after which nothing had a final name. */
  readonly none: number;
  readonly wrong: number;
  /** The number of files that were left after one more undisturbed run. */
  readonly leftovers: number;
}

const FILE = join(import.meta.dirname, 'kills.md');
const HEAD = ['what', 'seed', 'kills', 'whole', 'none', 'wrong', 'leftovers'];
const TITLE = `# Processes that were killed while they wrote

\`npx tsx conformance/files/kills.ts\` and \`cli-kills.ts\` kill processes by SIGKILL at random moments,
and look at what is under the final names. Trainings on the native backend, which must end with the
same bytes, are in [training/kills.md](../training/kills.md). \`conformance/set-up\` adds those of the
native backend's set-up, which has a stand-in for PyPI, and \`browser-kills.ts\` those of Chromium,
whose page keeps a run in IndexedDB. \`conformance/python/run.sh\` kills and resumes thaw-keras.

- whole: an old version or a new one, byte by byte; of a command, it ran to the end when it was
  started again, with the numbers of a run that nobody killed
- none: nothing yet
- wrong: anything else
- leftovers: files that were there after one more run that nobody killed

A call replaces the rows of the same name and seed. The leftovers of exportKeras and exportOnnx with
seed 1 are of before their mending, seed 3 is of after it.

`;

/** Adds rows to kills.md. */
export function addToKills(rows: ReadonlyMap<string, KillRow>, seed: number): void {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : [];
  const earlier = lines
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
    .filter(([name, of]) => /^\d+$/.test(of ?? '') && name !== 'all')
    .filter(([name, of]) => !(rows.has(name) && Number(of) === seed));
  const added = [...rows].map(([name, row]) => [name, seed, ...Object.values(row)].map(String));
  const all = [...earlier, ...added];
  const sums = HEAD.slice(2).map((_, i) => String(all.reduce((sum, row) => sum + Number(row[i + 2]), 0)));
  const table = [HEAD, ...all, ['all', '', ...sums]];
  const widths = HEAD.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const [head, ...rest] = table.map(line);
  const rule = line(widths.map((width) => '-'.repeat(width)));
  writeFileSync(FILE, `${TITLE}${[head, rule, ...rest].join('\n')}\n`);
}

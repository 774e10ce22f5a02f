import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a reader treated changed files: see `Outcome`. `hang`, `memory` and `abort` concern the whole process. */
export const KINDS = ['read', 'named', 'plain', 'other', 'hang', 'memory', 'abort'] as const;
export type Kind = (typeof KINDS)[number];

/** The number of files per treatment for one reader, for the seeds from 1 on. */
export type FuzzCounts = Readonly<Record<Kind, number>>;

const FILE = join(import.meta.dirname, 'fuzz.md');
const TITLE = `# Changed files, by reader

\`npx tsx conformance/fuzz/fuzz.ts --table --files N\` changes one file of each reader's sample by each
seed from 1 on (\`mutate.ts\`), and reads the sample in a process of its own. The call goes on where
this table ends. Seeds that end in a fault are printed and are not added.

- read: the reader accepted the file
- named: the reader threw an error of its own, with a code
- plain: it threw another error
- other: it gave other data, although a checksum covers the file
- hang, memory, abort: it took more than 10 s of the processor or a minute on the clock, more than
  1 GB (the process as a whole), or ended the process

`;
const HEAD = ['reader', 'seeds', ...KINDS];

/** The counts of the table by reader. */
export function readTable(): Map<string, FuzzCounts> {
  const rows = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : [];
  return new Map(
    rows
      .map((row) => row.split('|').map((cell) => cell.trim()))
      .filter(([, name, seeds]) => /^1–\d+$/.test(seeds ?? '') && name !== 'all')
      .map(([, name, , ...counts]) => [
        name,
        Object.fromEntries(KINDS.map((kind, i) => [kind, Number(counts[i])])) as Record<Kind, number>,
      ]),
  );
}

/** Writes the table, in the order of the readers. */
export function writeTable(counts: ReadonlyMap<string, FuzzCounts>, readers: readonly string[]): void {
  const rows = readers.flatMap((name) => {
    const row = counts.get(name);
    return row ? [[name, `1–${filesOf(row)}`, ...KINDS.map((kind) => String(row[kind]))]] : [];
  });
  const all = KINDS.map((kind) => [...counts.values()].reduce((sum, row) => sum + row[kind], 0));
  const files = all.reduce((sum, count) => sum + count, 0);
  rows.push(['all', `${files} files`, ...all.map(String)]);
  const widths = HEAD.map((_, i) => Math.max(...[HEAD, ...rows].map((row) => row[i].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  writeFileSync(FILE, `${TITLE}${[line(HEAD), rule, ...rows.map(line)].join('\n')}\n`);
}

/** The number of files that were read. */
export function filesOf(counts: FuzzCounts): number {
  return KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The counts of the killed trainings of one network. */
export interface KillCounts {
  readonly network: string;
  readonly seed: number;
  /** The number of kills in the head phase. */
  readonly head: number;
  /** The number of kills in the phase that thaws layers. */
  readonly thaw: number;
  /** The number of runs that ended, each after some kills. */
  readonly runs: number;
  /** The number of runs that ended with other weights or another history than an undisturbed run. */
  readonly different: number;
}

const FILE = join(import.meta.dirname, 'kills.md');
const TITLE = `# Trainings that were killed and resumed

\`npx tsx conformance/training/kills.ts KILLS SEED NETWORK\` trains both phases on the native
backend, with a checkpoint after each step, and kills the process by SIGKILL at random moments. The
run is resumed until it ends, after five kills at most. Its weights and its history must have the
same bytes as those of a run that nobody killed. Each row is one call; a call with the same seed and
network replaces its row.

`;
const HEAD = ['network', 'seed', 'kills in the head phase', 'kills in the thaw phase', 'runs', 'different'];

/** Adds a row to kills.md, or replaces the row of the same network and seed. */
export function addToTable({ network, seed, head, thaw, runs, different }: KillCounts): void {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : [];
  const earlier = lines.filter((line) => /^\| (small|face) /.test(line)).map(cellsOf);
  const added = [network, seed, head, thaw, runs, different].map(String);
  const others = earlier.filter((row) => row[0] !== added[0] || row[1] !== added[1]);
  const rows = [...others, added].sort((a, b) => a[0].localeCompare(b[0]) || Number(a[1]) - Number(b[1]));
  const widths = HEAD.map((_, i) => Math.max(...[HEAD, ...rows].map((row) => row[i].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  writeFileSync(FILE, `${TITLE}${[line(HEAD), rule, ...rows.map(line)].join('\n')}\n`);
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

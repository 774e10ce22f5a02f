// Ours beside scikit-learn on 202,599×40, the same files on both sides. `npx pnpm bench metrics` measures all and writes the
// results; `npx pnpm bench metrics roc-auc lrap` only shows those.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, writeResults } from '../write-results';
import { type DataFiles, makeData } from './make-data';
import { type Answer, type Side, startSide } from './start-side';

const ROWS = 202_599;
const TOLERANCE = 1e-12;

/** Goals as ratios; `rounds` in turns, of which each side's fastest counts. */
const ALL = [
  { name: 'roc-auc', goal: 6, rounds: 7 },
  { name: 'average-precision', goal: 6, rounds: 7 },
  { name: 'precision-recall-fscore', goal: 5, rounds: 7 },
  { name: 'confusion-counts', goal: 5, rounds: 7 },
] as const;
const chosen = process.argv.slice(2);
const MEASURES = chosen.length === 0 ? ALL : ALL.filter(({ name }) => chosen.includes(name));

const here = import.meta.dirname;
const python = process.env.PYTHON!;

function sides({ truth, scores, rows, columns }: DataFiles): { ours: Side; peer: Side } {
  const args = [truth, scores, String(rows), String(columns)];
  return {
    ours: startSide(process.execPath, [...process.execArgv, '--expose-gc', join(here, 'ours.ts'), ...args]),
    peer: startSide(python, ['-B', join(here, 'scikit_learn.py'), ...args]),
  };
}

interface Measured {
  readonly name: string;
  readonly goal: number;
  readonly ours: readonly Answer[];
  readonly peer: readonly Answer[];
}

async function inTurns(data: DataFiles): Promise<Measured[]> {
  const { ours, peer } = sides(data);
  const measured = MEASURES.map(({ name, goal }) => ({
    name,
    goal,
    ours: [] as Answer[],
    peer: [] as Answer[],
  }));
  for (let round = 0; round < Math.max(...MEASURES.map(({ rounds }) => rounds)); round++) {
    for (const [at, { name, rounds }] of MEASURES.entries()) {
      if (round >= rounds) continue;
      measured[at]!.ours.push(await ours.ask(name));
      measured[at]!.peer.push(await peer.ask(name));
      checkEqual(name, measured[at]!.ours.at(-1)!, measured[at]!.peer.at(-1)!);
    }
    console.log(`round ${round + 1}`);
  }
  await Promise.all([ours.stop(), peer.stop()]);
  return measured;
}

/** The memory of a process's first call; later ones find the heap grown already. */
async function firstCallMemory(data: DataFiles, name: string): Promise<{ ours: number; peer: number }> {
  const { ours, peer } = sides(data);
  const answers = { ours: (await ours.ask(name)).bytes, peer: (await peer.ask(name)).bytes };
  await Promise.all([ours.stop(), peer.stop()]);
  return answers;
}

function checkEqual(name: string, ours: Answer, peer: Answer): void {
  if (ours.values.length !== peer.values.length)
    throw new Error(`${name}: ${ours.values.length} values for ${peer.values.length}`);
  for (const [at, value] of ours.values.entries()) {
    if (Math.abs(value - peer.values[at]!) > TOLERANCE)
      throw new Error(`${name}: value ${at} is ${value}, scikit-learn's ${peer.values[at]}`);
  }
}

function versions(): Record<string, string> {
  const script =
    'import json, numpy, platform, sklearn; print(json.dumps({"scikit-learn": sklearn.__version__, "numpy": numpy.__version__, "python": platform.python_version()}))';
  return JSON.parse(execFileSync(python, ['-c', script]).toString());
}

const fastest = (answers: readonly Answer[]) => Math.min(...answers.map(({ ms }) => ms));

const folder = mkdtempSync(join(tmpdir(), 'thaw-bench-metrics-'));
try {
  const data = makeData(folder, ROWS);
  const inputBytes = data.rows * data.columns * 5;
  const figures: Figure[] = [];
  for (const { name, goal, ours, peer } of await inTurns(data)) {
    const [mine, theirs] = [fastest(ours), fastest(peer)];
    figures.push({
      name,
      unit: 'ms',
      ours: mine,
      peers: { 'scikit-learn': theirs },
      ratio: theirs / mine,
      goal,
    });
  }
  for (const { name } of MEASURES) {
    const { ours, peer } = await firstCallMemory(data, name);
    figures.push({
      name: `${name}, peak memory beyond the input`,
      unit: 'MB',
      ours: ours / 1e6,
      peers: { 'scikit-learn': peer / 1e6 },
      ratio: peer / ours,
    });
    if (ours > 2 * inputBytes) throw new Error(`${name}: ${ours} bytes beyond an input of ${inputBytes}`);
  }
  if (chosen.length > 0) console.table(figures);
  else writeResults({ name: 'metrics', title: 'Metrics', versions: versions(), figures });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

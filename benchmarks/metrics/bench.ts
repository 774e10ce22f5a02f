// Our times next to those of scikit-learn on 202,599×40, with the same files on both sides. `npx pnpm bench metrics`
// measures everything and writes the results; `npx pnpm bench metrics roc-auc lrap` only prints those.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, writeResults } from '../write-results';
import { growth } from './growth';
import { firstCallMemory, inTurns } from './in-turns';
import { makeData } from './make-data';
import { ALL, measures as all, type Measure } from './measures';
import type { Answer } from './start-side';

const PEER = 'scikit-learn';
const BYTES_A_SCORE = 5; // a label and a 32-bit score

const NOTES = `Labels of CelebA's 40 prevalences and float32 scores of a fair classifier (macro AUC 0.90), generated from a seed, written to files
and read by both sides. Each side is one process that keeps its input; they are asked in turns and each one's fastest answer
counts. The values of every answer are compared to 1e-12. Both check their input; scikit-learn is handed decisions where we
make them from the scores. Memory is the highest resident set during a process's first call less the resident set
before it, of 202,599 rows, an input of 41 MB; peaks of up to 20 MB are the runtime's own, of any number of rows.`;

const chosen = process.argv.slice(2);
const measures = chosen.length === 0 ? all : all.filter(({ name }) => chosen.includes(name));
/** The measures whose cost is measured up to 10^7 rows. A thousand resamples of as many rows would take an hour. */
const largest = all.filter(({ scale }) => scale === undefined);
const folder = mkdtempSync(join(tmpdir(), 'thaw-bench-metrics-'));
try {
  const times: Figure[] = [];
  const memories: Figure[] = [];
  const most: string[] = [];
  for (const rows of new Set([...measures.map((measure) => measure.rows), ALL])) {
    const data = makeData(folder, rows);
    const here = measures.filter((measure) => measure.rows === rows);
    for (const { measure, ours, peer } of here.length > 0 ? await inTurns(data, here) : []) {
      times.push(
        figure(measure.name, 'ms', fastest(ours), fastest(peer) * (measure.scale ?? 1), measure.goal),
      );
    }
    if (rows !== ALL) continue;
    for (const measure of measures) {
      const { ours, peer } = await firstCallMemory(data, measure);
      memories.push(figure(`${measure.name}, memory beyond the input`, 'MB', ours / 1e6, peer / 1e6));
      const times = ours / (rows * data.columns * BYTES_A_SCORE);
      if (times > 2) most.push(`${measure.name} takes ${times.toFixed(1)} times its input, more than twice.`);
    }
  }
  const figures = [...times, ...memories];
  if (chosen.length > 0) {
    console.table(figures.map(({ peers, ...one }) => ({ ...one, [PEER]: peers[PEER] })));
  } else {
    const notes = [NOTES, ...most, await growth(folder, largest)].join('\n\n');
    writeResults({ name: 'metrics', title: 'Metrics', versions: versions(), figures, notes });
  }
  for (const line of most) console.error(line);
  if (most.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function figure(name: string, unit: string, ours: number, peer: number, goal?: Measure['goal']): Figure {
  return {
    name,
    unit,
    ours,
    peers: { [PEER]: peer },
    ratio: peer / ours,
    ...(goal === undefined ? {} : { goal }),
  };
}

function fastest(answers: readonly Answer[]): number {
  return Math.min(...answers.map(({ ms }) => ms));
}

function versions(): Record<string, string> {
  const script =
    'import json, numpy, platform, sklearn; print(json.dumps({"scikit-learn": sklearn.__version__, "numpy": numpy.__version__, "python": platform.python_version()}))';
  return JSON.parse(execFileSync(process.env.PYTHON!, ['-c', script]).toString());
}

// ResNet50 at 224×224: ours beside Keras and TensorFlow.js as shipped, on the same TensorFlow, in turns. `npx pnpm bench graph`
// measures all and writes the results; `npx pnpm bench graph forward-16 …` only shows those.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type LineProcess, lineProcess } from '../line-process';
import { type Figure, writeResults } from '../write-results';
import { measures as all, type Measure } from './measures';

const NOTES = `Images are noise in memory, so that nothing is decoded. Each side is a process of its own; they are asked in turns, one unit each a
round (two to four batches, or an epoch of the recipe), and each one's fastest unit counts, of the recipe the sum of its 28
epochs. A fine-tune step is one with the first 10 layers and all BatchNormalization frozen, with nothing kept of the frozen layers; of
an affine one gamma and beta learn on fixed statistics; of the last one the batch's statistics count and all layers learn. Keras'
head phase and recipe run the backbone at every step, \`base(inputs, training=False)\`. TensorFlow.js' steps but the last run by hand in
inference mode, because its \`fit\` can't freeze BatchNormalization. Memory is the highest resident set of a process
that ran fine-tune-step-16.`;

const chosen = process.argv.slice(2);
const measures = chosen.length === 0 ? all : all.filter(({ name }) => chosen.includes(name));
const figures: Figure[] = [];
for (const measure of measures) {
  const { name, images, goal } = measure;
  const { times, peaks } = await inTurns(measure);
  const { ours, ...peers } = Object.fromEntries(
    Object.entries(times).map(([side, units]) => [side, ofUnits(measure, units) / images]),
  );
  figures.push(figure(name, 'ms/image', ours!, peers, goal));
  if (name === 'fine-tune-step-16') {
    const { ours, ...peers } = peaks;
    figures.push(figure('peak-memory-fine-tune', 'GB', ours!, peers, 1.25));
  }
  console.log(figures.at(-1));
}
if (chosen.length === 0) {
  writeResults({ name: 'graph', title: 'Training graph', versions: versions(), figures, notes: NOTES });
} else console.table(figures.map(({ peers, ...rest }) => ({ ...rest, ...peers })));

/** The milliseconds of each unit of each side, and the peak of its memory in GB. */
async function inTurns(measure: Measure) {
  const sides: Record<string, LineProcess> = {
    ours: start('ours.ts', measure),
    keras: lineProcess(process.env.PYTHON!, [
      '-B',
      join(import.meta.dirname, 'keras_side.py'),
      ...[measure.name, measure.batchSize, measure.images].map(String),
    ]),
    ...(measure.tfjsLayers ? { tfjsLayers: start('tfjs-layers.ts', measure) } : {}),
  };
  const times: Record<string, number[]> = {};
  const peaks: Record<string, number> = {};
  for (let round = -measure.warmUp; round < measure.rounds; round++) {
    for (const [side, process] of Object.entries(sides)) {
      const { ms } = (await process.ask('unit')) as unknown as { ms: number };
      if (round >= 0) (times[side] ??= []).push(ms);
    }
    console.error(`${measure.name}, round ${round + 1} of ${measure.rounds}`);
  }
  for (const [side, process] of Object.entries(sides)) {
    peaks[side] = ((await process.ask('peak')) as unknown as { bytes: number }).bytes / 1e9;
    await process.stop();
  }
  return { times, peaks };
}

function start(file: string, { name }: Measure): LineProcess {
  return lineProcess(process.execPath, [...process.execArgv, join(import.meta.dirname, file), name]);
}

function ofUnits({ of }: Measure, units: readonly number[]): number {
  return of === 'sum' ? units.reduce((sum, ms) => sum + ms) : Math.min(...units);
}

function figure(
  name: string,
  unit: string,
  ours: number,
  peers: Readonly<Record<string, number>>,
  goal: number,
): Figure {
  return { name, unit, ours, peers, ratio: peers.keras! / ours, goal };
}

function versions(): Record<string, string> {
  const script =
    'import json, keras, tensorflow as tf; print(json.dumps({"keras": keras.__version__, "tensorflow": tf.__version__, "tfjs": "4.22.0"}))';
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  return JSON.parse(
    execFileSync(process.env.PYTHON!, ['-c', script], { env }).toString().trim().split('\n').at(-1)!,
  );
}

// ResNet50 and smaller networks at 224×224: our times next to those of Keras and TensorFlow.js as shipped, on the same
// TensorFlow, in turns. `npx pnpm bench graph` measures all rows, `npx pnpm bench graph forward-16 …` only some; the
// results of the others stay.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../compile';
import { type LineProcess, lineProcess } from '../line-process';
import { earlierResults, type Figure, writeResults } from '../write-results';
import { measures as all, type Measure } from './measures';

const NOTES = `Images are noise in memory, so that nothing is decoded. Each side is a process of its own; they are asked in turns, one unit each a
round (one or two batches, a head phase, an epoch of the recipe), and each one's fastest unit counts, of the recipe the sum of its 28
epochs. TensorFlow.js as shipped takes part in one round. A fine-tune step is one with the first 10 layers and all
BatchNormalization frozen, and nothing kept of the frozen layers; of MobileNetV2 and EfficientNet-Lite0 all but BatchNormalization
learns. A custom loss is a focal loss of four lines by \`defineLoss\`, beside the built-in loss in the same MobileNetV2 step. Of an affine one gamma and beta learn on fixed statistics; of
the last one the batch's statistics count and all layers learn. Keras' head phase and recipe run the backbone at every step,
\`base(inputs, training=False)\`. TensorFlow.js' steps but the last run by hand in inference mode, because its \`fit\` can't
freeze BatchNormalization. oneDNN's kernels are on for all (\`TF_ENABLE_ONEDNN_OPTS=1\`), as Thaw turns them on; TensorFlow does by
itself only with AVX-512 VNNI. Rows that end in bf16 have \`precision: 'bfloat16'\`, beside Keras in float32 and under
\`mixed_bfloat16\`, its last layer in float32. Our packages run as compiled JavaScript, as they are published. Memory is the highest resident set of a process that ran fine-tune-step-16; its goal is 0.8 of Keras'.`;

const MEMORY = { name: 'peak-memory-fine-tune', goal: 1.25 };
/** Measured on our side only: the peak after the first steps, and the peak after many. */
const FLAT = { name: 'peak-memory-200-steps', goal: 0.95 };
const FIRST_STEPS = 20;
const MANY_STEPS = 200;

// The compiled scripts for the processes of this run.
const folder = mkdtempSync(join(tmpdir(), 'thaw-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const chosen = process.argv.slice(2);
const measures = chosen.length === 0 ? all : all.filter(({ name }) => chosen.includes(name));
// The same kernels on all sides, whatever TensorFlow chooses by itself.
process.env.TF_ENABLE_ONEDNN_OPTS = '1';
const figures: Figure[] = [];
for (const measure of measures) {
  const { name, images, goal } = measure;
  const { times, peaks } = await inTurns(measure);
  const { ours, ...peers } = Object.fromEntries(
    Object.entries(times).map(([side, units]) => [side, ofUnits(measure, units) / images]),
  );
  figures.push(figure(name, 'ms/image', ours, peers, goal));
  if (measure.mixedGoal !== undefined) figures.push(againstMixed(measure, ours, peers.kerasMixed));
  if (name === 'fine-tune-step-16') {
    const { ours, ...peers } = peaks;
    figures.push(figure(MEMORY.name, 'GB', ours, peers, MEMORY.goal));
  }
  console.log(figures.at(-1));
}
if (chosen.length === 0 || chosen.includes(FLAT.name)) {
  figures.push(await memoryOverSteps());
  console.log(figures.at(-1));
}
writeResults({
  name: 'graph',
  title: 'Training graph',
  versions: versions(),
  figures: inOrder(figures),
  notes: `${NOTES}\n\n${profile()}`,
});

/** All figures: those measured now, and for the others those that an earlier run on this machine wrote. */
function inOrder(measured: readonly Figure[]): Figure[] {
  const earlier = earlierResults<Figure>('graph');
  const mixed = all.flatMap((measure) =>
    measure.mixedGoal === undefined ? [] : [{ name: mixedName(measure), goal: measure.mixedGoal }],
  );
  const goals = new Map([...all, ...mixed, MEMORY, FLAT].map(({ name, goal }) => [name, goal]));
  return [...goals].flatMap(([name, goal]) => {
    const found = [...measured, ...earlier].find((figure) => figure.name === name);
    return found ? [{ ...found, goal }] : [];
  });
}

/** The milliseconds of each unit of each side, and the peak of its memory in GB. */
async function inTurns(measure: Measure) {
  const sides: Record<string, LineProcess> = {
    ...(measure.customLoss
      ? { ours: await start('ours', measure, 'custom'), 'ours, built-in loss': await start('ours', measure) }
      : { ours: await start('ours', measure), keras: startKeras(measure, 'float32') }),
    ...(measure.mixedGoal === undefined ? {} : { kerasMixed: startKeras(measure, 'mixed_bfloat16') }),
    ...(measure.tfjsRounds > 0 ? { tfjsLayers: await start('tfjs-layers', measure) } : {}),
  };
  const times: Record<string, number[]> = {};
  const peaks: Record<string, number> = {};
  for (let round = -measure.warmUp; round < measure.rounds; round++) {
    for (const [side, process] of Object.entries(sides)) {
      if (side === 'tfjsLayers' && (round < 0 || round >= measure.tfjsRounds)) continue;
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

/** The peak of a process' memory after the first fine-tune steps, and after many. */
async function memoryOverSteps(): Promise<Figure> {
  const measure = all.find(({ name }) => name === 'fine-tune-step-16')!;
  const process = await start('ours', measure);
  const stepsAUnit = measure.images / measure.batchSize;
  const peakAfter = async (steps: number) => {
    for (let done = 0; done < steps; done += stepsAUnit) await process.ask('unit');
    return ((await process.ask('peak')) as unknown as { bytes: number }).bytes / 1e9;
  };
  const first = await peakAfter(FIRST_STEPS);
  const many = await peakAfter(MANY_STEPS - FIRST_STEPS);
  await process.stop();
  return {
    name: FLAT.name,
    unit: 'GB',
    ours: many,
    peers: { [`ours, ${FIRST_STEPS} steps`]: first },
    ratio: first / many,
    goal: FLAT.goal,
  };
}

function startKeras({ unit, network, batchSize, images }: Measure, policy: string): LineProcess {
  const script = join(import.meta.dirname, 'keras_side.py');
  const given = [unit, network ?? 'resnet50', batchSize, images, policy].map(String);
  return lineProcess(process.env.PYTHON!, ['-B', script, ...given]);
}

async function start(script: string, { name }: Measure, ...more: string[]): Promise<LineProcess> {
  const compiled = await compile(join(import.meta.dirname, `${script}.ts`), join(folder, `${script}.mjs`));
  return lineProcess(process.execPath, [compiled, name, ...more]);
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
  return { name, unit, ours, peers, ratio: Object.values(peers)[0] / ours, goal };
}

function mixedName({ name }: Measure): string {
  return `${name}, mixed`;
}

/** The same measure, compared with Keras under `mixed_bfloat16`. */
function againstMixed(measure: Measure, ours: number, kerasMixed: number): Figure {
  const ratio = kerasMixed / ours;
  const goal = measure.mixedGoal;
  return { name: mixedName(measure), unit: 'ms/image', ours, peers: { kerasMixed }, ratio, goal };
}

function profile(): string {
  const file = join(import.meta.dirname, 'profile.ts');
  return execFileSync(process.execPath, [...process.execArgv, file]).toString();
}

function versions(): Record<string, string> {
  const script =
    'import json, keras, tensorflow as tf; print(json.dumps({"keras": keras.__version__, "tensorflow": tf.__version__, "tfjs": "4.22.0"}))';
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  return JSON.parse(
    execFileSync(process.env.PYTHON!, ['-c', script], { env }).toString().trim().split('\n').at(-1)!,
  );
}

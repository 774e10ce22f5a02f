// Trains every case with Thaw, and writes its start, its recipe, and its results.
//
//   node_modules/.bin/tsx conformance/python/write-cases.ts FOLDER
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import sharp from 'sharp';
import { useBestBackend } from '../../packages/backends/src/index';
import { type Callback, exportKeras, exportOnnx, fineTune } from '../../packages/core/src/index';
import { type ImageDataset, openCsv, randomGenerator } from '../../packages/datasets/src/index';
import { CASES, smallClassifier } from './cases';

const IMAGES = 33;
const [, , folder] = argv;
const random = randomGenerator(11);

function part(row: number): string {
  if (row >= IMAGES - 3) return 'test';
  return row % 3 === 2 ? 'validation' : 'train';
}

/** Images of noise whose colours determine the labels. Every tenth label is unknown. */
async function drawImages(): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const lines = ['file,Red,Bright,Tall,split'];
  for (let i = 0; i < IMAGES; i++) {
    const [red, bright, tall] = [random() < 0.5, random() < 0.4, random() < 0.5];
    const [width, height] = tall ? [18, 24] : [24, 18];
    const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
      const base = (at % 3 === 0 && red ? 90 : 20) + (bright ? 90 : 0);
      return base + 60 * random();
    });
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(join(folder, 'images', `${i}.png`));
    const cells = [red, bright, tall].map((value, at) => ((i * 3 + at) % 10 === 9 ? '' : Number(value)));
    lines.push(`${i}.png,${cells.join(',')},${part(i)}`);
  }
  await writeFile(join(folder, 'labels.csv'), `${lines.join('\n')}\n`);
}

async function writeCase(name: string, data: ImageDataset): Promise<void> {
  const { options } = CASES[name];
  const model = smallClassifier(data.labels, CASES[name]);
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  await exportKeras(model, join(place, 'start.keras'));
  const { train, validation } = data.split({ by: 'official' });
  const losses: number[] = [];
  const record: Callback = {
    onBatchEnd: ({ activity, batchLoss }) => {
      if (activity === 'train') losses.push(batchLoss);
    },
  };
  const run = await fineTune(model, { ...options, train, validation, callbacks: [record] });
  await exportKeras(model, join(place, 'end.keras'));
  await exportOnnx(model, join(place, 'end.onnx'));
  const rows = run.history.map(({ seconds: _, ...row }) => row);
  const { thresholds, calibration = null } = model;
  await writeFile(join(place, 'recipe.json'), `${JSON.stringify(run.recipe, null, 2)}\n`);
  await writeFile(
    join(place, 'expected.json'),
    `${JSON.stringify({ losses, rows, thresholds, calibration })}\n`,
  );
  console.log(`${name}: ${losses.length} steps, the last loss ${losses.at(-1)}`);
}

await useBestBackend({ log: () => {} });
await drawImages();
const data = await openCsv(join(folder, 'labels.csv'), { split: 'split', root: join(folder, 'images') });
for (const name of Object.keys(CASES)) await writeCase(name, data);

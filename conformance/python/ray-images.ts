// Draws images, and writes a classifier as `model/` and as model.onnx.
//
//   node_modules/.bin/tsx conformance/python/ray-images.ts FOLDER
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import sharp from 'sharp';
import { useBestBackend } from '../../packages/backends/src/index';
import { exportOnnx } from '../../packages/core/src/index';
import { randomGenerator } from '../../packages/datasets/src/index';
import { smallClassifier } from './cases';

const IMAGES = 1500;
const [, , folder] = argv;
const random = randomGenerator(3);
await useBestBackend({ log: () => {} });
await mkdir(join(folder, 'images', 'deep'), { recursive: true });
const lines = ['file,Red,Bright,Tall'];
for (let i = 0; i < IMAGES; i++) {
  const [red, bright, tall] = [random() < 0.5, random() < 0.4, random() < 0.5];
  const [width, height] = tall ? [60, 80] : [80, 60];
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, at) => (at % 3 === 0 && red ? 90 : 20) + (bright ? 60 : 0) + 100 * random(),
  );
  const name = `${i % 2 === 0 ? '' : 'deep/'}${i}.png`;
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(join(folder, 'images', name));
  lines.push(`${name},${+red},${+bright},${+tall}`);
}
await writeFile(join(folder, 'labels.csv'), `${lines.join('\n')}\n`);
const model = smallClassifier(['Red', 'Bright', 'Tall'], { dropout: 0 });
model.thresholds = [0.4, 0.5, 0.6];
await model.save(join(folder, 'model'));
await exportOnnx(model, join(folder, 'model.onnx'));

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-layers';
import { useBestBackend } from '@thawjs/backends';
import { classifier } from '@thawjs/core';
import { randomGenerator } from '@thawjs/datasets';
import sharp from 'sharp';

/** Draws images whose colour tells their labels, and writes them with a label file. */
export async function drawImages(folder: string, count: number, seed = 1): Promise<void> {
  const random = randomGenerator(seed);
  await mkdir(join(folder, 'images'), { recursive: true });
  const rows = Array.from({ length: count }, (_, i) => {
    const [red, bright] = [random() < 0.5, random() < 0.4];
    const light = bright ? 230 : 90;
    return { name: `${i}.png`, red, bright, background: { r: red ? light : 20, g: 20, b: red ? 20 : light } };
  });
  await Promise.all(
    rows.map(({ name, background }) =>
      sharp({ create: { width: 40, height: 36, channels: 3, background } })
        .png()
        .toFile(join(folder, 'images', name)),
    ),
  );
  const lines = rows.map(({ name, red, bright }) => `${name},${+red},${+bright}`);
  await writeFile(join(folder, 'labels.csv'), ['file,Red,Bright', ...lines, ''].join('\n'));
}

/** Saves a model of two labels as `model/` of a folder; its answers depend on the image's mean colour. */
export async function saveTinyModel(folder: string): Promise<void> {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  const model = classifier(
    {
      name: 'tiny',
      model: tf.sequential({
        layers: [
          tf.layers.conv2d({
            filters: 4,
            kernelSize: 3,
            inputShape: [16, 16, 3],
            name: 'conv',
            activation: 'relu',
          }),
        ],
      }),
      preprocessing: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
      stages: [{ name: 'all', layers: ['conv'] }],
    },
    { labels: ['Red', 'Bright'], seed: 3 },
  );
  await model.save(join(folder, 'model'));
}

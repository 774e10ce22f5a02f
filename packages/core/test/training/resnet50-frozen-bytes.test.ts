import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { beforeAll, expect, test } from 'vitest';
import { type Classifier, classifier, fineTune, freeze, resnet50, unfreeze } from '../../src';
import { permutation, random } from '../../src/training/random';
import { bytes, changed, LABELS, tinyImages } from '../tiny';

/** The layers that Keras' `base.layers[:10]` names, of those with weights. */
const FIRST_TEN = /^(conv1_conv|conv1_bn|conv2_block1_1_conv|conv2_block1_1_bn)\//;

beforeAll(async () => {
  await useBestBackend({ log: () => {} });
});

/** The tiny images, each pixel a square of four, as ResNet50 takes nothing under 32×32. */
const images = {
  ...tinyImages(8),
  async *batches({ shuffle = false, seed = 0, epoch = 0 }) {
    const order = shuffle ? permutation(8, random(seed, epoch)) : Int32Array.from({ length: 8 }, (_, i) => i);
    for await (const { pixels, y } of tinyImages(8).batches({ size: [8, 8], batchSize: 8 })) {
      const large = new Uint8Array(8 * 32 * 32 * 3);
      for (let i = 0; i < large.length; i++) {
        const [image, row, column, channel] = [
          order[Math.floor(i / 3072)],
          (Math.floor(i / 96) % 32) >> 2,
          (Math.floor(i / 3) % 32) >> 2,
          i % 3,
        ];
        large[i] = pixels[image * 192 + row * 24 + column * 3 + channel];
      }
      const labels = Uint8Array.from([...order].flatMap((row) => [y[row * 2], y[row * 2 + 1]]));
      yield { rows: order, pixels: large, shape: [8, 32, 32, 3] as const, y: labels };
    }
  },
};

async function model(): Promise<Classifier> {
  return classifier(await resnet50({ weights: null, inputSize: [32, 32] }), { labels: LABELS });
}

function check(before: Record<string, string>, after: Record<string, string>) {
  const moved = changed(before, after);
  expect(Object.keys(before).filter((name) => FIRST_TEN.test(name)).length).toBe(12);
  expect(moved.filter((name) => FIRST_TEN.test(name))).toEqual([]);
  expect(moved).toContain('conv5_block3_3_conv/kernel');
}

test.each([
  ['affine', 'float32'],
  ['training', 'float32'],
  ['affine', 'auto'],
] as const)(
  'ResNet50’s first 10 layers are bit-identical after fine-tuning with thawed BatchNorm in %s mode, precision %s',
  async (batchNorm, precision) => {
    const resnet = await model();
    const before = bytes(resnet);
    await fineTune(resnet, {
      train: images,
      precision,
      head: { epochs: 1, learningRate: 1e-3 },
      thaw: { epochs: 1, learningRate: 1e-4, freezeFirst: 10, batchNorm },
    });
    check(before, bytes(resnet));
    resnet.dispose();
  },
);

test('and the same under plain model.fit', async () => {
  const resnet = await model();
  unfreeze(resnet, 'all', { batchNorm: 'training' });
  freeze(resnet, { first: 10 });
  resnet.model.compile({ optimizer: tf.train.adam(1e-4), loss: 'binaryCrossentropy' });
  const before = bytes(resnet);
  await resnet.model.fit(tf.randomNormal([8, 32, 32, 3]), tf.ones([8, 2]), {
    epochs: 2,
    batchSize: 4,
    verbose: 0,
  });
  check(before, bytes(resnet));
  expect(changed(before, bytes(resnet))).toContain('conv5_block3_3_bn/moving_mean');
});

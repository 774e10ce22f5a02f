import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { classifier, evaluate, OptionError, predict, tune } from '../../src';
import { type Augment, viewsOf } from '../../src/prediction/views';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const shape = [2, 6, 10, 3] as const;
const floats = Float32Array.from({ length: 2 * 6 * 10 * 3 }, (_, i) => (i * 37) % 251);
const asTensor = (pixels: ArrayLike<number>) => tf.tensor4d(Array.from(pixels), [...shape]);

describe('the views of an image', () => {
  test.each<[string, Augment | undefined, number]>([
    ['nothing', undefined, 1],
    ['a flip', 'flip', 2],
    ['a flip as an object', { flip: true }, 2],
    ['crops', { crops: 0.8 }, 6],
    ['crops and flips', { flip: true, crops: 0.8 }, 12],
  ])('for %s begin with the image itself', (_, augment, count) => {
    const views = viewsOf(augment);
    expect(views).toHaveLength(count);
    expect(views[0]({ pixels: floats, shape })).toBe(floats);
  });

  test.each([
    ['floats', floats],
    ['bytes', Uint8Array.from(floats)],
  ])('mirror %s as TensorFlow.js does, and back', (_, pixels) => {
    const [, mirror] = viewsOf('flip');
    const mirrored = mirror({ pixels, shape });
    expect(Array.from(mirrored)).toEqual(Array.from(tf.reverse4d(asTensor(pixels), 2).dataSync()));
    expect(mirror({ pixels: mirrored, shape })).toEqual(pixels);
  });

  test('crop corners and centre and enlarge them as TensorFlow.js does', () => {
    const places = [
      [0, 0],
      [0, 5],
      [3, 0],
      [3, 5],
      [2, 3],
    ];
    const crops = viewsOf({ crops: 0.5 }).slice(1);
    for (const [i, [top, left]] of places.entries()) {
      const part = tf.slice4d(asTensor(floats), [0, top, left, 0], [2, 3, 5, 3]);
      const expected = tf.image.resizeBilinear(part, [6, 10], false, true).dataSync();
      const found = crops[i]({ pixels: floats, shape });
      for (const [at, value] of found.entries()) expect(value).toBeCloseTo(expected[at], 3);
    }
  });
});

describe('augment', () => {
  const data = tinyImages(10);
  const made = () => classifier(tinyBackbone(), { labels: LABELS, seed: 6 });
  const logit = (p: number) => Math.log(p) - Math.log1p(-p);
  const pixelsOf = async () => {
    for await (const batch of data.batches({ size: [8, 8], batchSize: 10 })) return batch.pixels;
    throw new Error('no batch');
  };

  test('is the mean of the logits of the views, from a data set and from a tensor', async () => {
    const model = made();
    const plain = await predict(model, data);
    const pixels = tf.tensor4d(Array.from(await pixelsOf()), [10, 8, 8, 3]);
    const turned = tf.reverse4d(pixels, 2);
    const mirrored = await predict(model, turned);
    const before = tensorCount();
    const found = await predict(model, data, { augment: 'flip', batchSize: 4 });
    const ofTensor = await predict(model, pixels, { augment: 'flip', batchSize: 4 });
    expect(tensorCount()).toBe(before);
    for (const [at, value] of found.data.entries()) {
      expect(logit(value)).toBeCloseTo((logit(plain.data[at]) + logit(mirrored.data[at])) / 2, 4);
      expect(ofTensor.data[at]).toBeCloseTo(value, 6);
    }
    tf.dispose([pixels, turned]);
    model.dispose();
  });

  test('gives a mirrored image what it gives the image', async () => {
    const model = made();
    const pixels = tf.tensor4d(Array.from(await pixelsOf()), [10, 8, 8, 3]);
    const turned = tf.reverse4d(pixels, 2);
    const augment = { flip: true, crops: 0.75 };
    const one = await predict(model, pixels, { augment });
    const other = await predict(model, turned, { augment });
    for (const [at, value] of one.data.entries()) expect(value).toBeCloseTo(other.data[at], 5);
    tf.dispose([pixels, turned]);
    model.dispose();
  });

  test('is taken by evaluate, tune and classify, too', async () => {
    const model = made();
    const predicted = await predict(model, data, { augment: 'flip' });
    expect((await evaluate(model, data, { augment: 'flip' })).yScore.data).toEqual(predicted.data);
    const pixels = { data: (await pixelsOf()).slice(0, 192) as Uint8Array, width: 8, height: 8 };
    const answer = await model.classify(pixels, { augment: 'flip' });
    const bright = answer.find(({ label }) => label === 'Bright')!;
    expect(bright.probability).toBeCloseTo(predicted.data[0], 5);
    await tune(model, data, { augment: 'flip', calibration: 'none' });
    const { thresholds } = model;
    const decided = await evaluate(model, data, { augment: 'flip' });
    expect(decided.macro.f1).toBeGreaterThanOrEqual(decided.atHalf.macro.f1);
    expect(thresholds).not.toEqual([0.5, 0.5]);
    model.dispose();
  });

  test.each(['mirror', {}, { flip: false }, { crops: 1 }, { crops: 5 }, { flips: true }, null, true])(
    'refuses %o',
    async (augment) => {
      const model = made();
      const options = { augment } as { augment: Augment };
      await expect(predict(model, data, options)).rejects.toThrow(OptionError);
      await expect(predict(model, data, options)).rejects.toThrow(
        /augment to be 'flip' or \{ flip, crops \}/,
      );
      model.dispose();
    },
  );
});

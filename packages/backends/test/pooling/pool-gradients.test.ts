import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type BackendName, useBestBackend } from '../../src/index';
import { findNative } from '../../src/native/find-native';
import { seededTensor } from '../wasm/seeded-tensor';

const NAMES: BackendName[] = 'addon' in findNative() ? ['native', 'wasm', 'cpu'] : ['wasm', 'cpu'];

type Pooling = (x: tf.Tensor4D) => tf.Tensor4D;

const POOLINGS: [string, Pooling][] = [
  ['average 2×2 stride 2, same', (x) => tf.avgPool(x, 2, 2, 'same')],
  ['average 3×3 stride 2, same', (x) => tf.avgPool(x, 3, 2, 'same')],
  ['average 3×3 stride 1, valid', (x) => tf.avgPool(x, 3, 1, 'valid')],
  ['max 3×3 stride 2, valid', (x) => tf.maxPool(x, 3, 2, 'valid')],
  ['max 3×3 stride 2, same', (x) => tf.maxPool(x, 3, 2, 'same')],
  ['max 2×3 stride 2×1', (x) => tf.maxPool(x, [2, 3], [2, 1], 'valid')],
];

function gradient(pool: Pooling, x: tf.Tensor): number[] {
  return tf.tidy(() => {
    const weigh = (y: tf.Tensor) => tf.sum(tf.mul(y, seededTensor(y.shape, 3)));
    return Array.from(
      tf
        .grad((input) => weigh(pool(input as tf.Tensor4D)))(x)
        .dataSync(),
    );
  });
}

/** Central differences; the step is small beside the gaps between the numbers, so that no maximum changes hands. */
function differences(pool: Pooling, x: tf.Tensor): number[] {
  const values = x.dataSync();
  const at = (i: number, step: number) =>
    tf.tidy(() => {
      const moved = values.map((value, j) => (i === j ? value + step : value));
      const y = pool(tf.tensor4d(moved, x.shape as [number, number, number, number]));
      return tf.sum(tf.mul(y, seededTensor(y.shape, 3))).dataSync()[0];
    });
  const step = 2 ** -10;
  return Array.from(values, (_, i) => (at(i, step) - at(i, -step)) / (2 * step));
}

describe.each(NAMES)('pooling on %s', (name) => {
  it('averages over what is not padding, in the gradient too', async () => {
    await useBestBackend({ prefer: [name], log: () => {} });
    const gradientOfSum = tf.grad((x) => tf.sum(tf.avgPool(x as tf.Tensor4D, 2, 2, 'same')));
    expect(Array.from(gradientOfSum(tf.ones([1, 3, 3, 1])).dataSync())).toEqual([
      1 / 4,
      1 / 4,
      1 / 2,
      1 / 4,
      1 / 4,
      1 / 2,
      1 / 2,
      1 / 2,
      1,
    ]);
  });

  it('passes the gradient to the maximum of a window where all numbers are negative', async () => {
    await useBestBackend({ prefer: [name], log: () => {} });
    const gradientOfSum = tf.grad((x) => tf.sum(tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid')));
    const x = tf.tensor4d([-3, -1, -2, -4, -5, -6, -0.5, -7], [1, 2, 4, 1]);
    expect(Array.from(gradientOfSum(x).dataSync())).toEqual([0, 1, 0, 0, 0, 0, 1, 0]);
  });

  it.each(POOLINGS)('has the gradient that finite differences give: %s', async (_, pool) => {
    await useBestBackend({ prefer: [name], log: () => {} });
    const x = seededTensor([2, 5, 7, 2], 11);
    const expected = differences(pool, x);
    const worst = Math.max(...gradient(pool, x).map((value, i) => Math.abs(value - expected[i])));
    expect(worst).toBeLessThan(1e-2);
  });
});

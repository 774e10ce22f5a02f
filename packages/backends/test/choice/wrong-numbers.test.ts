import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { smallStep } from '../../src/choice/small-step';
import { largestDistance, referenceNumbers, wrongNumbers } from '../../src/choice/wrong-numbers';
import { useBestBackend } from '../../src/index';

let reference: Float32Array[];
beforeAll(async () => {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  reference = await referenceNumbers();
});

describe('the numbers of a small training step', () => {
  test('have a gradient for each weight, none of which is zero', () => {
    expect(reference.map(({ length }) => length)).toEqual([1, 108, 4, 36, 32, 32]);
    for (const values of reference) expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(1e-4);
  });

  test('are right on wasm', async () => {
    await useBestBackend({ prefer: ['wasm'], log: () => {} });
    expect(await wrongNumbers(reference)).toBeUndefined();
  });

  test.each([
    ['themselves', (values: Float32Array) => values, 0, 0],
    ['twice themselves', (values: Float32Array) => values.map((value) => 2 * value), 1, 1],
    ['numbers of 16 bits', (values: Float32Array) => values.map(half), 1e-4, 1e-3],
    ['what is no number', (values: Float32Array) => values.fill(Number.NaN), Infinity, Infinity],
  ])('are compared with %s, relative to the largest', (_, spoil, least, most) => {
    const found = reference.map((values, i) => (i === 3 ? spoil(values.slice()) : values));
    const distance = largestDistance(found, reference);
    expect(distance).toBeGreaterThanOrEqual(least);
    expect(distance).toBeLessThanOrEqual(most);
  });

  test('leave no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await smallStep({ images: 2, side: 9, channels: 3 });
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** A number with the 11 significant bits of a 16-bit float. */
function half(value: number): number {
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - 10);
  return Math.round(value / unit) * unit;
}

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { replacingAddWeight } from '../../src/tfjs-internals/add-weight';

test('all weights of layers that are made meanwhile are made by the new method, and later ones are not', () => {
  const asked: [string, number[]][] = [];
  const twos = { apply: (shape: number[]) => tf.fill(shape, 2) };
  const make = () =>
    tfl.sequential({
      layers: [tfl.layers.dense({ units: 3, inputShape: [2] }), tfl.layers.batchNormalization({})],
    });
  const model = replacingAddWeight(
    (own) =>
      function (this: object, name, shape, dtype, _, ...rest) {
        asked.push([name, shape]);
        return own.call(this, name, shape, dtype, twos, ...rest);
      },
    make,
  );
  expect(asked).toEqual([
    ['kernel', [2, 3]],
    ['bias', [3]],
    ['gamma', [3]],
    ['beta', [3]],
    ['moving_mean', [3]],
    ['moving_variance', [3]],
  ]);
  expect(model.getWeights().every((weight) => weight.dataSync().every((value) => value === 2))).toBe(true);
  expect(
    make()
      .getWeights()
      .every((weight) => weight.dataSync().every((value) => value === 2)),
  ).toBe(false);
  expect(asked).toHaveLength(6);
});

test('a function that throws leaves the layers as they were', () => {
  const own = tfl.layers.Layer.prototype as unknown as { addWeight: unknown };
  const before = own.addWeight;
  const fail = () => {
    throw new RangeError('no weights today');
  };
  expect(() => replacingAddWeight((method) => method, fail)).toThrow(RangeError);
  expect(own.addWeight).toBe(before);
});

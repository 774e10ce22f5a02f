import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { binaryCrossentropy, OptionError } from '../../src';
import fixture from '../fixtures/adam-and-loss.json';

test.each(fixture.loss)(
  `is Keras ${fixture.versions.keras}'s, label smoothing $labelSmoothing`,
  ({ labelSmoothing, y, p, loss }) => {
    const ours = binaryCrossentropy({ labelSmoothing })(tf.tensor2d(y), tf.tensor2d(p)).dataSync();
    for (const [row, value] of ours.entries()) expect(value).toBeCloseTo(loss[row], 5);
  },
);

test('weighs the positives’ term of each label', () => {
  const loss = binaryCrossentropy({ positiveWeights: [3, 1] });
  const [positive, negative] = loss(
    tf.tensor2d([
      [1, 1],
      [0, 0],
    ]),
    tf.tensor2d([
      [0.5, 0.5],
      [0.5, 0.5],
    ]),
  ).dataSync();
  expect(positive).toBeCloseTo((3 * Math.LN2 + Math.LN2) / 2, 6);
  expect(negative).toBeCloseTo(Math.LN2, 6);
});

test('is the mean over the labels that are known, 0 where none is', () => {
  const [some, none] = binaryCrossentropy({ labelSmoothing: 0.2, positiveWeights: [1, 3, 1] })(
    tf.tensor2d([
      [0, 1, 0],
      [0, 0, 0],
    ]),
    tf.tensor2d([
      [0.5, 0.5, 0.9],
      [0.1, 0.5, 0.9],
    ]),
    tf.tensor2d([
      [1, 1, 0],
      [0, 0, 0],
    ]),
  ).dataSync();
  expect(some).toBeCloseTo((Math.LN2 + (3 * 0.9 + 0.1) * Math.LN2) / 2, 6);
  expect(none).toBeCloseTo(0, 10);
});

test.each([
  [{ labelSmoothing: 2 }, /from 0 to 1; received 2/],
  [{ positiveWeights: [1, 0] }, /expected positiveWeights to be a list of numbers above 0.*; received 1,0/],
])('refuses %j', (options, message) => {
  expect(() => binaryCrossentropy(options)).toThrow(OptionError);
  expect(() => binaryCrossentropy(options)).toThrow(message);
});

test('refuses as many weights as there are not labels', () => {
  const loss = binaryCrossentropy({ positiveWeights: [1] });
  expect(() => loss(tf.zeros([1, 2]), tf.fill([1, 2], 0.5))).toThrow(
    /one of positiveWeights per label, 2; received 1/,
  );
});

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { adam } from '../../src';
import fixture from '../fixtures/adam-and-loss.json';
import { tensorCount } from '../tiny';

afterEach(() => tf.disposeVariables());

test.each(fixture.adam)(
  `is Keras ${fixture.versions.keras}'s, step by step, with $options`,
  ({ options, start, gradients, steps }) => {
    const variable = tf.variable(tf.tensor1d(start), true, 'w');
    const optimizer = adam(options);
    for (const [step, gradient] of gradients.entries()) {
      optimizer.apply([variable], { w: tf.tensor1d(gradient) });
      for (const [i, value] of variable.dataSync().entries()) {
        expect(Math.abs(value - steps[step][i])).toBeLessThanOrEqual(
          2e-6 * Math.max(1, Math.abs(steps[step][i])),
        );
      }
    }
  },
);

test('skips variables without a gradient, and keeps its moments by name whatever the order', () => {
  const run = (reversed: boolean) => {
    const [a, b] = ['a', 'b'].map((name) => tf.variable(tf.tensor1d([1]), true, name));
    const optimizer = adam({ learningRate: 0.1 });
    for (let step = 0; step < 3; step++) {
      const order = reversed && step > 0 ? [b, a] : [a, b];
      optimizer.apply(order, { a: tf.tensor1d([step + 1]), ...(step === 1 ? {} : { b: tf.tensor1d([-1]) }) });
    }
    const values = [a, b].map((variable) => variable.dataSync()[0]);
    tf.disposeVariables();
    return values;
  };
  expect(run(true)).toEqual(run(false));
});

test('frees its moments and its count', () => {
  const variable = tf.variable(tf.tensor1d([1]), true, 'w');
  const gradient = tf.tensor1d([1]);
  const before = tensorCount();
  const optimizer = adam();
  optimizer.apply([variable], { w: gradient });
  expect(tensorCount()).toBe(before + 3);
  optimizer.dispose();
  expect(tensorCount()).toBe(before);
});

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { adam, adamW, type OptimizerOptions, rmsprop, sgd } from '../../src';
import fixture from '../fixtures/optimizers.json';

afterEach(() => tf.disposeVariables());

const KINDS: Readonly<Record<string, (options: OptimizerOptions) => ReturnType<typeof adam>>> = {
  adam,
  adamW,
  sgd,
  rmsprop,
};

test.each(fixture.cases)(
  `$kind is Keras ${fixture.versions.keras}'s, step by step, with $options`,
  ({ kind, options, start, steps }) => {
    const variables = Object.entries(start).map(([name, values]) =>
      tf.variable(tf.tensor1d(values), true, name),
    );
    const optimizer = KINDS[kind](options);
    for (const [step, { learningRate, gradients, values }] of steps.entries()) {
      optimizer.learningRate = learningRate;
      const tensors = Object.entries(gradients).map(([name, gradient]) => [name, tf.tensor1d(gradient)]);
      optimizer.apply(variables, Object.fromEntries(tensors));
      for (const variable of variables) {
        const expected = values[variable.name as keyof typeof values];
        const largest = Math.max(...expected.map(Math.abs));
        for (const [i, value] of variable.dataSync().entries()) {
          expect(Math.abs(value - expected[i]), `step ${step}, ${variable.name}[${i}]`).toBeLessThanOrEqual(
            1e-6 * largest,
          );
        }
      }
    }
  },
);

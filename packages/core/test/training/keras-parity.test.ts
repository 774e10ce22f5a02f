import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import fixture from '../fixtures/keras-training.json';
import { relativeError } from './parity/relative-error';
import { trainAsKeras } from './parity/train-as-keras';

afterEach(() => tf.disposeVariables());

/** Of each weight: the largest size, then values at the start, in the middle and at the end. */
function sample(values: Float32Array): number[] {
  const places = values.length > 2 ? [0, 1, 2].map((i) => Math.floor((i * (values.length - 1)) / 2)) : [0, 1];
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return [largest, ...places.filter((i) => i < values.length).map((i) => values[i])];
}

test.each(fixture.cases)(
  `ten steps are Keras ${fixture.versions.keras}'s: $state, $optimizer`,
  async (expected) => {
    const trained = await trainAsKeras(expected, fixture.networks.resnet);
    expect(relativeError(trained.losses, expected.losses)).toBeLessThan(1e-5);
    expect([...trained.frozen].sort()).toEqual([...expected.frozen].sort());
    expect(trained.changedThoughFrozen).toEqual([]);
    const errors = Object.entries(expected.weights).map(([name, [largest, ...values]]) => {
      const ours = sample(trained.weights.get(name)!);
      return { name, error: relativeError([...ours], [largest, ...values]) };
    });
    expect(errors.filter(({ error }) => !(error <= 1e-4))).toEqual([]);
  },
);

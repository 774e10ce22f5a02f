import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { openModel } from '../../src/backbones/open-model';
import { WeightsFileError } from '../../src/weights/errors';
import stored from '../fixtures/formats/keras-code.json' with { type: 'json' };
import { outputsError } from './open-model-outputs';

/** A layers model as the converter of Keras models writes it: Keras' own description, and the weights, here none. */
const opened = (config: object, weights: object[] = []) => {
  const values = weights.map(
    ({ shape }: { shape?: number[] }) => new Float32Array(shape!.reduce((a, b) => a * b)),
  );
  const manifest = [{ paths: ['weights.bin'], weights }];
  return openModel([
    new File(
      [JSON.stringify({ modelTopology: { model_config: config }, weightsManifest: manifest })],
      'model.json',
    ),
    new File(values, 'weights.bin'),
  ]);
};

test.each(Object.entries(stored.read))("%s gives Keras' outputs", async (_, { config, outputs }) => {
  const before = tf.memory().numTensors;
  const model = await opened(config);
  expect(outputsError(model, { inputs: [stored.input], outputs: [outputs] })).toBeLessThan(1e-5);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each(Object.entries(stored.refused))(
  '%s is refused by name, never computed otherwise',
  async (name, config) => {
    const before = tf.memory().numTensors;
    const isNorm = name.includes('BatchNormalization');
    const names = isNorm ? ['gamma', 'beta', 'moving_mean', 'moving_variance'] : [];
    const weights = names.map((own) => ({
      name: `batch_normalization/${own}`,
      shape: [4],
      dtype: 'float32',
    }));
    const open = opened(config, weights);
    await expect(open).rejects.toThrow(WeightsFileError);
    await expect(open).rejects.toThrow(
      /written as code, which isn't read|ignores in such a layer|places pixels otherwise|interpolates by "bicubic"|option crop_to|along axis 1/,
    );
    expect(tf.memory().numTensors).toBe(before);
  },
);

test.each(Object.entries(stored.inputs))(
  '%s of inputs is in the order of its keys, as in Keras',
  async (_, config) => {
    const model = await opened(config);
    expect(model.inputNames).toEqual(['first', 'second']);
    model.dispose();
  },
);

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { classifier, trainableSummary, unfreeze } from '../../src';
import { openModel } from '../../src/backbones/open-model';
import { WeightsFileError } from '../../src/weights/errors';
import { modelWeights } from '../../src/weights/model-weights';
import stored from '../fixtures/formats/models/outputs.json' with { type: 'json' };
import { type ModelOutputs, outputsError } from './open-model-outputs';

const folder = new URL('../fixtures/formats/models/', import.meta.url);

test.each(Object.entries(stored.models as Record<string, ModelOutputs>))(
  '%s opens as the model that Keras saved',
  async (name, expected) => {
    const before = tf.memory().numTensors;
    const model = await openModel(new URL(name, folder));
    expect(outputsError(model, expected)).toBeLessThan(1e-5);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('the hard sigmoids of Keras 2 and 3 are two functions', async () => {
  const activation = async (name: string) =>
    (await openModel(new URL(name, folder))).getLayer('gate').getConfig().activation;
  expect(await activation('keras2-hard-sigmoid.h5')).toBe('hardSigmoid');
  expect(await activation('keras3-hard-sigmoid.h5')).toBe('hardSigmoid6');
  expect(await activation('keras3-hard-sigmoid.keras')).toBe('hardSigmoid6');
});

test('a shared layer has one set of weights, as in Keras', async () => {
  const model = await openModel(new URL('keras3-shared.keras', folder));
  const names = modelWeights(model).map(({ layerPath }) => layerPath);
  expect(names.filter((name) => name === 'twice').length).toBe(2);
  expect(names.filter((name) => name === 'inner/inner_dense').length).toBe(2);
});

test('a model that was opened is a backbone: nested models freeze, thaw and take a head', async () => {
  const model = await openModel(readFileSync(new URL('keras2-sequential-inside.h5', folder)));
  const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 } as const;
  const made = classifier(model, { labels: ['a', 'b', 'c'], preprocessing });
  unfreeze(made, 'all', { batchNorm: 'affine' });
  expect(trainableSummary(made).layers.map(({ path }) => path)).toContain('middle/block/bn');
  expect(made.model.outputs[0].shape).toEqual([null, 3]);
});

test.each(['keras2-custom.keras', 'keras3-custom.keras'])(
  '%s is refused by the name of the class',
  async (name) => {
    const opening = openModel(new URL(name, folder));
    await expect(opening).rejects.toThrow(WeightsFileError);
    await expect(opening).rejects.toThrow(/Twice.*serialization\.registerClass/);
  },
);

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, type SymbolicTensor, model as tfModel } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { classifier, trainableSummary, unfreeze } from '../../src';
import { openModel } from '../../src/backbones/open-model';
import { WeightsFileError } from '../../src/weights/errors';
import { modelWeights } from '../../src/weights/model-weights';
import brought from '../fixtures/formats/brought/outputs.json' with { type: 'json' };
import stored from '../fixtures/formats/models/outputs.json' with { type: 'json' };
import { type ModelOutputs, outputsError } from './open-model-outputs';

const folder = new URL('../fixtures/formats/models/', import.meta.url);
const broughtFolder = new URL('../fixtures/formats/brought/', import.meta.url);

const filesIn = (place: URL, models: object) =>
  Object.entries(models as Record<string, ModelOutputs>).map(
    ([name, expected]) => [name, new URL(name, place), expected] as const,
  );

test.each([...filesIn(folder, stored.models), ...filesIn(broughtFolder, brought.models)])(
  '%s opens as the model that Keras saved',
  async (_, file, expected) => {
    const before = tf.memory().numTensors;
    const model = await openModel(file);
    expect(outputsError(model, expected)).toBeLessThan(1e-5);
    if (expected.learning !== undefined) expect(model.trainableWeights).toHaveLength(expected.learning);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

const preprocessing = { channelOrder: 'rgb', mean: [0, 0, 0], scale: 1 } as const;

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
  const made = classifier(model, { labels: ['a', 'b', 'c'], preprocessing });
  unfreeze(made, 'all', { batchNorm: 'affine' });
  expect(trainableSummary(made).layers.map(({ path }) => path)).toContain('middle/block/bn');
  expect(made.model.outputs[0].shape).toEqual([null, 3]);
});

test.each([
  ['tutorial', 4, 'the code and layers for pixels, augmentation and a frozen network before its head'],
  ['convolution-head', 6, 'a convolution for the scores'],
  ['inner-head', 6, 'a head within a nested model'],
])('a network with %s gives %i features to a new head: %s', async (name, features) => {
  for (const file of [
    `keras2-${name}.h5`,
    `keras2-${name}.keras`,
    `keras3-${name}.h5`,
    `keras3-${name}.keras`,
  ]) {
    const model = await openModel(new URL(file, broughtFolder));
    const [, height, width] = model.inputs[0].shape as number[];
    const images = tf.randomUniform<tf.Rank.R4>([2, height, width, 3], 0, 2, 'float32', 1);
    const before = tf.tidy(() => (model.predict(images) as tf.Tensor).dataSync()); // which must not change what a head reads
    const made = classifier(model, { labels: ['a', 'b', 'c'], preprocessing });
    expect(before.length).toBeGreaterThan(0);
    expect(made.featureModel().outputShape).toEqual([null, features]);
    const { data } = await made.predict(images);
    expect(data).toHaveLength(6);
    expect(data.every((probability) => probability > 0 && probability < 1)).toBe(true);
    images.dispose();
  }
});

test('what a network freezes and augments is read, too', async () => {
  const model = await openModel(new URL('keras3-tutorial.keras', broughtFolder));
  const made = classifier(model, { labels: ['a'], preprocessing });
  const states = new Map(trainableSummary(made).layers.map(({ path, state }) => [path, state]));
  expect(states.get('base/stem_conv')).toBe('frozen');
  expect(states.get('base/stem_conv_norm')).toBe('frozen');
});

test('a model with the channels first is refused by name', () => {
  const image = input({ shape: [3, 16, 16] });
  const conv = layers.conv2d({ filters: 2, kernelSize: 3, dataFormat: 'channelsFirst' });
  const made = tfModel({ inputs: image, outputs: conv.apply(image) as SymbolicTensor });
  expect(() => classifier(made, { labels: ['a'], preprocessing })).toThrow(
    /channels last.*the channels first/,
  );
});

test.each(['keras2-custom.keras', 'keras3-custom.keras'])(
  '%s is refused by the name of the class',
  async (name) => {
    const opening = openModel(new URL(name, folder));
    await expect(opening).rejects.toThrow(WeightsFileError);
    await expect(opening).rejects.toThrow(/Twice.*serialization\.registerClass/);
  },
);

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { openModel } from '../../src/backbones/open-model';
import { loadWeights } from '../../src/weights/load-weights';
import { modelWeights } from '../../src/weights/model-weights';
import keras from '../fixtures/formats/keras-outputs.json' with { type: 'json' };

const url = (name: string) => new URL(`../fixtures/formats/${name}`, import.meta.url);
const bytes = (name: string) => new Uint8Array(readFileSync(url(name)));

function expectOutputs(model: LayersModel, expected: number[][]): void {
  const outputs = tf.tidy(() =>
    (model.predict(tf.tensor(keras.input.data, keras.input.shape)) as tf.Tensor2D).arraySync(),
  );
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries()) expect(outputs[i][j]).toBeCloseTo(value, 5);
}

function zeroed(model: LayersModel): void {
  tf.tidy(() => {
    for (const { variable } of modelWeights(model)) variable.assign(tf.zerosLike(variable));
  });
}

test.each([
  ['keras2-model.h5', keras.outputs.keras2],
  ['keras2.keras', keras.outputs.keras2],
  ['keras3-model.h5', keras.outputs.keras3],
  ['keras3.keras', keras.outputs.keras3],
])('%s opens as a model whose outputs are those that Keras computed', async (name, expected) => {
  const before = tf.memory().numTensors;
  const model = await openModel(url(name));
  expectOutputs(model, expected);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  ['keras2-weights.h5', keras.outputs.keras2],
  ['keras2-model.h5', keras.outputs.keras2],
  ['keras2.keras', keras.outputs.keras2],
  ['keras3-model.h5', keras.outputs.keras3],
  ['keras3.keras', keras.outputs.keras3],
  ['keras3.weights.h5', keras.outputs.keras3],
])('the weights of %s go into a model two levels deep', async (name, expected) => {
  const model = await openModel(bytes('keras3.keras'));
  zeroed(model);
  await loadWeights(model, bytes(name));
  expectOutputs(model, expected);
  model.dispose();
});

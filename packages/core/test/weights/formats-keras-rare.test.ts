import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { openModel } from '../../src/backbones/open-model';
import { WeightsFileError, WeightsMismatchError } from '../../src/weights/errors';
import { loadWeights } from '../../src/weights/load-weights';
import { modelWeights } from '../../src/weights/model-weights';
import rare from '../fixtures/formats/rare/outputs.json' with { type: 'json' };
import { type ModelOutputs, outputsError } from './open-model-outputs';

const folder = fileURLToPath(new URL('../fixtures/formats/rare/', import.meta.url));
const models = rare.models as Readonly<Record<string, ModelOutputs>>;
const filesIn = (name: string) =>
  readdirSync(path.join(folder, name)).map(
    (file) => new File([readFileSync(path.join(folder, name, file))], file),
  );

// Keras computes in bfloat16 what has its weights, to three digits.
test.each(
  Object.entries(models).map(
    ([name, expected]) => [name, name.includes('bfloat16') ? 0.02 : 1e-6, expected] as const,
  ),
)('%s opens as the model that Keras saved, to %d', async (name, limit, expected) => {
  const before = tf.memory().numTensors;
  const model = await openModel(path.join(folder, name));
  expect(outputsError(model, expected)).toBeLessThan(limit);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each([2, 3])('weights of Keras %i in bfloat16 are the same from .h5 and .keras', async (major) => {
  const [fromH5, fromArchive] = await Promise.all(
    ['h5', 'keras'].map((ending) => openModel(path.join(folder, `keras${major}-bfloat16.${ending}`))),
  );
  const numbers = (model: LayersModel) => modelWeights(model).map(({ variable }) => [...variable.dataSync()]);
  expect(numbers(fromH5)).toEqual(numbers(fromArchive));
});

test('a model that Keras saved as a folder opens from a list of its files', async () => {
  const model = await openModel(filesIn('keras3-folder'));
  expect(outputsError(model, models['keras3-folder'])).toBeLessThan(1e-6);
});

test.each([
  ['its index', () => path.join(folder, 'keras3-shards', 'model.weights.json')],
  ['its folder', () => path.join(folder, 'keras3-shards')],
  ['its files', () => filesIn('keras3-shards')],
])('a network that Keras split into several files is read by %s', async (_, source) => {
  const model = await openModel(path.join(folder, 'keras3.keras'));
  for (const { variable } of modelWeights(model)) variable.assign(tf.zerosLike(variable));
  await loadWeights(model, source());
  expect(outputsError(model, models['keras3.keras'])).toBeLessThan(1e-6);
});

test('files of Keras and PyTorch beside one index are refused', async () => {
  const model = await openModel(path.join(folder, 'keras3.keras'));
  const torch = readFileSync(path.join(folder, '..', 'torch.safetensors'));
  const files = [
    ...filesIn('keras3-shards').filter(({ name }) => !name.includes('00001')),
    new File([torch], 'model_00001.weights.h5'),
  ];
  const load = loadWeights(model, files);
  await expect(load).rejects.toThrow(WeightsFileError);
  await expect(load).rejects.toThrow(/"model_00001\.weights\.h5" to be of the same library/);
});

test('adapters of LoRA that Keras did not merge are refused by name; a .keras file has them merged', async () => {
  const opening = openModel(path.join(folder, 'keras3-lora.h5'));
  await expect(opening).rejects.toThrow(WeightsMismatchError);
  await expect(opening).rejects.toThrow(/layer "scores" has weights of LoRA.*Save the model as \.keras/);
});

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  type LayersModel,
  layers,
  model as modelOf,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import * as h5wasm from 'h5wasm';
import { beforeAll, expect, test, vi } from 'vitest';
import { WeightsFileError, WeightsMismatchError } from '../../src/weights/errors';
import { loadWeights } from '../../src/weights/load-weights';
import keras from '../fixtures/tiny-outputs.json' with { type: 'json' };

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

interface TinyOptions {
  readonly filters?: number;
  readonly dense?: string;
  readonly nested?: boolean;
}

/** The model of conformance/backbones/tiny_h5.py. */
function tiny({ filters = 4, dense = 'dense', nested = false }: TinyOptions = {}): LayersModel {
  const image = input({ shape: [6, 5, 3] });
  let x = layers.conv2d({ filters, kernelSize: 3, name: 'conv' }).apply(image);
  x = layers.batchNormalization({ epsilon: 1.001e-5, name: 'bn' }).apply(x);
  x = layers.activation({ activation: 'relu', name: 'relu' }).apply(x);
  let start = image;
  if (nested) {
    const base = modelOf({ inputs: image, outputs: x as SymbolicTensor, name: 'base' });
    start = input({ shape: [6, 5, 3] });
    x = base.apply(start) as SymbolicTensor;
  }
  x = layers.globalAveragePooling2d({ name: 'pool' }).apply(x);
  x = layers.dense({ units: 2, name: dense }).apply(x);
  return modelOf({ inputs: start, outputs: x as SymbolicTensor, name: 'tiny' });
}

function outputs(model: LayersModel): number[][] {
  return tf.tidy(() =>
    (model.predict(tf.tensor(keras.input.data, keras.input.shape)) as tf.Tensor2D).arraySync(),
  );
}

function weightsOf(model: LayersModel): Record<string, number[]> {
  const variables = model.layers.flatMap((layer) => layer.weights);
  return Object.fromEntries(variables.map((w) => [w.originalName, Array.from(w.read().dataSync())]));
}

beforeAll(async () => {
  await h5wasm.ready;
});

test.each<[string, string, TinyOptions]>([
  ['the names of Keras 3 (conv/kernel)', 'tiny-keras3.h5', {}],
  ['the names of Keras 2 (conv/kernel:0)', 'tiny-keras2.h5', {}],
  ['a whole model that was saved to .h5', 'tiny-model.h5', {}],
  ['a model in a model', 'tiny-nested.h5', { nested: true }],
  ['a flat file for a model in a model', 'tiny-keras3.h5', { nested: true }],
  ['a file of a model in a model for a flat one', 'tiny-nested.h5', {}],
  ['the .weights.h5 format of Keras 3', 'tiny.weights.h5', {}],
])("gives Keras' outputs from %s", async (_, file, options) => {
  const model = tiny(options);
  await loadWeights(model, fixture(file), { sourceName: file });
  for (const [i, row] of outputs(model).entries()) {
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(keras.output[i][j], 6);
  }
  model.dispose();
});

test('every weight is what Keras saved, whatever is trainable', async () => {
  const model = tiny();
  model.getLayer('conv').trainable = false;
  model.getLayer('bn').trainable = false;
  await loadWeights(model, fixture('tiny-keras3.h5'), { sourceName: 'tiny' });
  expect(weightsOf(model)).toEqual(keras.weights);
  model.dispose();
});

test('weights of float16 are read as float32', async () => {
  const model = tiny();
  await loadWeights(model, fixture('tiny-float16.h5'), { sourceName: 'tiny' });
  const weights = weightsOf(model);
  expect(Object.keys(weights)).toEqual(Object.keys(keras.weights));
  expect(weights).not.toEqual(keras.weights);
  for (const [name, expected] of Object.entries(keras.weights)) {
    for (const [i, value] of expected.entries()) {
      expect(Math.abs(weights[name][i] - value)).toBeLessThanOrEqual(2 ** -11 * Math.abs(value));
    }
  }
  model.dispose();
});

test('a second model of the same layer names is filled too', async () => {
  const [first, second] = [tiny(), tiny()];
  await loadWeights(second, fixture('tiny-keras3.h5'), { sourceName: 'tiny' });
  expect(Object.values(weightsOf(second))).toEqual(Object.values(keras.weights));
  first.dispose();
  second.dispose();
});

test('loading leaves as many tensors as there were, and the bytes as they are', async () => {
  const model = tiny();
  const bytes = fixture('tiny-keras3.h5');
  const before = tf.memory().numTensors;
  const buffers = tf.memory().numDataBuffers;
  await loadWeights(model, bytes, { sourceName: 'tiny' });
  await loadWeights(model, bytes, { sourceName: 'tiny' });
  expect(tf.memory().numTensors).toBe(before);
  expect(tf.memory().numDataBuffers).toBe(buffers);
  expect(bytes).toEqual(fixture('tiny-keras3.h5'));
  model.dispose();
});

test('layers that the model lacks are passed over', async () => {
  const image = input({ shape: [6, 5, 3] });
  const conv = layers.conv2d({ filters: 4, kernelSize: 3, name: 'conv' }).apply(image) as SymbolicTensor;
  const model = modelOf({ inputs: image, outputs: conv });
  await loadWeights(model, fixture('tiny-keras3.h5'), { sourceName: 'tiny' });
  expect(weightsOf(model)['conv/bias']).toEqual(keras.weights['conv/bias']);
  model.dispose();
});

test('a layer may have another name in the file', async () => {
  const model = tiny({ dense: 'scores' });
  await loadWeights(model, fixture('tiny-keras3.h5'), {
    sourceName: 'tiny',
    aliases: { scores: ['probs', 'dense'] },
  });
  expect(weightsOf(model)['scores/bias']).toEqual(keras.weights['dense/bias']);
  model.dispose();
});

test.each<[string, string, TinyOptions, string]>([
  [
    'another shape names the layer, the weight and both shapes',
    'tiny-keras3.h5',
    { filters: 5 },
    'tiny-keras3.h5: layer "conv" expects "kernel" of shape 3×3×3×5; the file has 3×3×3×4.',
  ],
  [
    'a missing layer is named, with what there is',
    'tiny-keras3.h5',
    { dense: 'scores' },
    '1 of them are not in the file: scores. The file has conv, bn, dense.',
  ],
])('%s, and the model stays as it was', async (_, file, options, message) => {
  const model = tiny(options);
  const before = outputs(model);
  const load = loadWeights(model, fixture(file), { sourceName: file });
  await expect(load).rejects.toThrow(WeightsMismatchError);
  await expect(load).rejects.toThrow(message);
  expect(outputs(model)).toEqual(before);
  model.dispose();
});

const text = (content: string) => new TextEncoder().encode(content);

test.each<[string, Uint8Array, string]>([
  ['a file cut in half', fixture('tiny-keras3.h5').slice(0, 9848), 'cut short or damaged'],
  ['a file cut after its first bytes', fixture('tiny-keras3.h5').slice(0, 40), 'cut short or damaged'],
  ['an empty file', new Uint8Array(), 'received an empty file'],
  ['an HTML page', text('\n<!DOCTYPE html><title>Sign in</title>'), 'received an HTML or XML page'],
  ['a zip without a directory', text('PK\x03\x04'), 'its directory is missing'],
  ['a Git LFS pointer', text('version https://git-lfs.github.com/spec/v1\n'), 'a Git LFS pointer'],
  ['something else', text('hello'), 'received 5 bytes of something else'],
])('%s is told what it is, and HDF5 prints nothing', async (_, bytes, message) => {
  const printed = vi.spyOn(process.stderr, 'write');
  const model = tiny();
  const load = loadWeights(model, bytes, { sourceName: 'x.h5' });
  await expect(load).rejects.toThrow(WeightsFileError);
  await expect(load).rejects.toThrow(message);
  await expect(load).rejects.toThrow(/^x\.h5: /);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
  model.dispose();
});

function written(write: (file: h5wasm.File) => void): Uint8Array {
  const file = new h5wasm.File('/written.h5', 'w');
  write(file);
  file.close();
  const bytes = h5wasm.FS!.readFile('/written.h5');
  h5wasm.FS!.unlink('/written.h5');
  return bytes;
}

function conv(): LayersModel {
  const image = input({ shape: [1, 1, 1] });
  const x = layers.conv2d({ filters: 1, kernelSize: 1, name: 'conv' }).apply(image) as SymbolicTensor;
  return modelOf({ inputs: image, outputs: x });
}

test('a list of names that Keras split over several attributes is joined', async () => {
  const bytes = written((file) => {
    file.create_attribute('layer_names0', ['other']);
    file.create_attribute('layer_names1', ['conv']);
    file.create_group('other');
    const group = file.create_group('conv');
    group.create_attribute('weight_names0', ['conv/kernel:0']);
    group.create_attribute('weight_names1', ['conv/bias:0']);
    const inner = group.create_group('conv');
    inner.create_dataset({ name: 'kernel:0', data: new Float64Array([3]), shape: [1, 1, 1, 1] });
    inner.create_dataset({ name: 'bias:0', data: new Float32Array([4]), shape: [1] });
  });
  const model = conv();
  await loadWeights(model, bytes, { sourceName: 'split' });
  expect(weightsOf(model)).toEqual({ 'conv/kernel': [3], 'conv/bias': [4] }); // float64 is taken as well
  model.dispose();
});

test('names without data, weights without a match and whole numbers are each refused', async () => {
  const file = (names: string[], data: Float32Array | Int32Array | null) =>
    written((h5) => {
      h5.create_attribute('layer_names', ['conv']);
      const group = h5.create_group('conv');
      group.create_attribute('weight_names', names);
      if (data === null) return;
      for (const name of names)
        group.create_dataset({
          name,
          data,
          shape: data.length === 1 && name !== 'bias' ? [1, 1, 1, 1] : [1],
        });
    });
  const model = conv();
  const load = (bytes: Uint8Array) => loadWeights(model, bytes, { sourceName: 'x.h5' });
  await expect(load(file(['kernel', 'bias'], null))).rejects.toThrow(
    '"/conv" lists "kernel", which isn\'t in the file',
  );
  await expect(load(file(['kernel'], new Float32Array([1])))).rejects.toThrow(
    'expects one weight "bias"; the file has kernel',
  );
  await expect(load(file(['kernel', 'bias'], new Int32Array([1])))).rejects.toThrow(
    'expected float32, float64, float16 or bfloat16; received "<i"',
  );
  await expect(load(written((h5) => h5.create_group('something')))).rejects.toThrow(
    'received an HDF5 file with something',
  );
  model.dispose();
});

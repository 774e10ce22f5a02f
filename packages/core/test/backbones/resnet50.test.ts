import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { layers as tfLayers } from '@tensorflow/tfjs-layers';
import { expect, test, vi } from 'vitest';
import { resnet50 } from '../../src/backbones/resnet50';
import { OptionError } from '../../src/errors';
import { DownloadError, WeightsFileError, WeightsMismatchError } from '../../src/weights/errors';
import keras from '../fixtures/resnet50-layers.json' with { type: 'json' };

const fixture = (name: string) => new URL(`../fixtures/${name}`, import.meta.url);

function row(layer: tfLayers.Layer) {
  return {
    name: layer.name,
    className: layer.getClassName(),
    outputShape: layer.outputShape,
    weights: Object.fromEntries(layer.weights.map((w) => [w.originalName.split('/').at(-1), w.shape])),
  };
}

test('with its top, the layers are those of Keras: names, order, classes, output shapes, weights', async () => {
  const { model } = await resnet50({ weights: null, includeTop: true });
  expect(model.layers.map(row)).toEqual(keras.layers);
  expect(model.countParams()).toBe(25_636_712); // Keras' model.count_params()
  model.dispose();
});

test('without its top, the layers are the same up to the feature map', async () => {
  const { model } = await resnet50({ weights: null });
  expect(model.layers.map(row)).toEqual(keras.layers.slice(0, -2));
  expect(model.outputShape).toEqual([null, 7, 7, 2048]);
  model.dispose();
});

test('an odd image size gives the shapes that Keras gives', async () => {
  const [height, width] = keras.oddInputShape as [number, number, number];
  const { model } = await resnet50({ weights: null, inputSize: [height, width] });
  expect(model.layers.map((layer) => layer.outputShape)).toEqual(keras.oddOutputShapes);
  model.dispose();
});

test("BatchNormalization has Keras' epsilon and momentum", async () => {
  const { model } = await resnet50({ weights: null, inputSize: [32, 32] });
  const { epsilon, momentum } = model.getLayer('conv5_block3_3_bn').getConfig();
  expect({ epsilon, momentum }).toEqual(keras.batchNormalization);
  model.dispose();
});

test('the stages hold every layer once, in the order of the model', async () => {
  const { model, stages } = await resnet50({ weights: null, includeTop: true, inputSize: [32, 32] });
  expect(stages.map((stage) => stage.name)).toEqual(['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'top']);
  expect(stages.flatMap((stage) => stage.layers)).toEqual(model.layers.map((layer) => layer.name));
  expect(stages[0].layers.at(-1)).toBe('pool1_pool');
  model.dispose();
});

test('preprocessing is plain data', async () => {
  const { model, preprocessing } = await resnet50({ weights: null, inputSize: [32, 32] });
  expect(JSON.parse(JSON.stringify(preprocessing))).toEqual({
    channelOrder: 'bgr',
    mean: [103.939, 116.779, 123.68],
    scale: 1,
  });
  model.dispose();
});

test("random weights are Keras' Glorot uniform and follow the seed", async () => {
  const kernels = [];
  for (const seed of [1, 1, 2]) {
    const { model } = await resnet50({ weights: null, inputSize: [32, 32], seed });
    kernels.push(
      ['conv1_conv', 'conv2_block1_1_conv'].map((name) => model.getLayer(name).getWeights()[0].dataSync()),
    );
    model.dispose();
  }
  const [[first, second], [again], [other]] = kernels as [Float32Array[], Float32Array[], Float32Array[]];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(second.slice(0, 8)).not.toEqual(first.slice(0, 8));
  const limit = Math.sqrt(6 / (7 * 7 * 3 + 7 * 7 * 64));
  const largest = first.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  expect(largest).toBeLessThanOrEqual(limit);
  expect(largest).toBeGreaterThan(0.99 * limit);
});

test('a disposed model leaves no tensor', async () => {
  const before = tf.memory().numTensors;
  const { model } = await resnet50({ weights: null, inputSize: [32, 32] });
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a file of another model is refused by the names of the layers, and leaves no tensor', async () => {
  const before = tf.memory().numTensors;
  const load = resnet50({ weights: fixture('tiny-keras3.h5'), inputSize: [32, 32] });
  await expect(load).rejects.toThrow(WeightsMismatchError);
  await expect(load).rejects.toThrow(
    /106 of them are not in the file: conv1_conv, conv1_bn, .* has conv, bn, dense/,
  );
  expect(tf.memory().numTensors).toBe(before);
});

test('a path that leads nowhere is named', async () => {
  const load = resnet50({ weights: 'weights/nowhere.h5' });
  await expect(load).rejects.toThrow(WeightsFileError);
  await expect(load).rejects.toThrow('weights/nowhere.h5: expected a weights file; there is no such file.');
});

test.each<[string, Parameters<typeof resnet50>[0], string]>([
  [
    'an image under 32×32',
    { weights: null, inputSize: [31, 64] },
    'at least 32×32 whole pixels; received 31×64',
  ],
  ['half a pixel', { weights: null, inputSize: [64, 64.5] }, 'received 64×64.5'],
  [
    "ImageNet's top with 10 classes",
    { includeTop: true, classes: 10 },
    'a top of 1000 classes; received classes: 10',
  ],
])('%s is refused', async (_, options, message) => {
  await expect(resnet50(options)).rejects.toThrow(OptionError);
  await expect(resnet50(options)).rejects.toThrow(message);
});

test("'imagenet' asks for Keras' file by its name and refuses any other content", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.end('not the weights');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/resnet`;
  const cacheDir = path.join(os.tmpdir(), `thaw-resnet50-${process.pid}`);
  vi.stubEnv('KERAS_HOME', cacheDir); // this machine may have the file
  const load = resnet50({ weights: 'imagenet', download: { baseUrl, cacheDir } });
  await expect(load).rejects.toThrow(DownloadError);
  await expect(load).rejects.toThrow(/md5 4d473c1dd8becc155b73f8504c6f6626.*download it by hand/);
  expect(asked).toEqual(['/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5']);
  server.close();
  vi.unstubAllEnvs();
});

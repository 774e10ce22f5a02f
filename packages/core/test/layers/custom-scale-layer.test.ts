import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model as modelOf, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { classifier, registerLayers } from '../../src';
import { CustomScaleLayer } from '../../src/layers/custom-scale-layer';

test('the second input counts by the scale, in the layer as in the program that predicts', async () => {
  registerLayers();
  const image = input({ shape: [1, 1, 2] });
  const branch = layers.activation({ activation: 'relu' }).apply(image);
  const sum = new CustomScaleLayer({ scale: 0.25, name: 'sum' }).apply([
    image,
    branch as SymbolicTensor,
  ]) as SymbolicTensor;
  const network = modelOf({ inputs: image, outputs: sum });
  const pixels = tf.tensor4d([8, -4], [1, 1, 1, 2]);
  expect(Array.from((network.predict(pixels) as tf.Tensor).dataSync())).toEqual([10, -4]);
  expect(network.getLayer('sum').getConfig()).toMatchObject({ scale: 0.25 });

  const preprocessing = { channelOrder: 'rgb', mean: [0, 0], scale: 1 } as const;
  const made = classifier(network, { labels: ['a'], preprocessing, standardize: false });
  made.model.getLayer('predictions').setWeights([tf.tensor2d([[0.1], [0.2]]), tf.tensor1d([0])]);
  const { data } = await made.predict(pixels);
  expect(data[0]).toBeCloseTo(1 / (1 + Math.exp(-(0.1 * 10 - 0.2 * 4))), 6);
});

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { ZeroPaddingChannels } from '../../src/backbones/zero-padding-channels';

test('puts channels of zeros after those that are there', () => {
  const layer = new ZeroPaddingChannels({ channels: 2 });
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 1, 2]);
  const y = layer.apply(x) as tf.Tensor;
  expect(y.shape).toEqual([1, 2, 1, 4]);
  expect(layer.computeOutputShape([null, 2, 1, 2])).toEqual([null, 2, 1, 4]);
  expect(Array.from(y.dataSync())).toEqual([1, 2, 0, 0, 3, 4, 0, 0]);
  tf.dispose([x, y]);
});

test('lets the gradient of the first channels through', () => {
  const layer = new ZeroPaddingChannels({ channels: 1 });
  const x = tf.tensor4d([1, 2], [1, 1, 1, 2]);
  const weights = tf.tensor4d([5, 6, 7], [1, 1, 1, 3]);
  const gradient = tf.grad((input) => tf.sum(tf.mul(layer.apply(input) as tf.Tensor, weights)))(x);
  expect(Array.from(gradient.dataSync())).toEqual([5, 6]);
  tf.dispose([x, weights, gradient]);
});

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Preprocessing } from '../../src/backbones/backbone';
import { preprocess } from '../../src/backbones/preprocess';

const rgb: Preprocessing = { channelOrder: 'rgb', mean: [1, 2, 3], scale: 1 };

test.each<[string, Preprocessing, number[]]>([
  ['subtracts the mean of each channel', rgb, [9, 18, 27]],
  ['scales after that', { ...rgb, scale: 0.5 }, [4.5, 9, 13.5]],
  ['takes the mean in the order of the channels', { ...rgb, channelOrder: 'bgr' }, [29, 18, 7]],
])('%s', (_, preprocessing, expected) => {
  const pixels = tf.tensor4d([10, 20, 30], [1, 1, 1, 3]);
  const x = preprocess(pixels, preprocessing);
  expect(Array.from(x.dataSync())).toEqual(expected);
  tf.dispose([pixels, x]);
});

test('takes whole numbers, leaves the pixels as they are and makes one tensor', () => {
  const pixels = tf.tensor4d([255, 0, 7], [1, 1, 1, 3], 'int32');
  const before = tf.memory().numTensors;
  const x = preprocess(pixels, rgb);
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(x.dtype).toBe('float32');
  expect(Array.from(x.dataSync())).toEqual([254, -2, 4]);
  expect(Array.from(pixels.dataSync())).toEqual([255, 0, 7]);
  tf.dispose([pixels, x]);
});

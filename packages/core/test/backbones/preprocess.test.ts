import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Preprocessing } from '../../src/backbones/backbone';
import { preprocess } from '../../src/backbones/preprocess';
import { OptionError } from '../../src/errors';

const rgb: Preprocessing = { channelOrder: 'rgb', mean: [1, 2, 3], scale: 1 };

test.each<[string, Preprocessing, number[]]>([
  ['subtracts the mean of each channel', rgb, [9, 18, 27]],
  ['scales after that', { ...rgb, scale: 0.5 }, [4.5, 9, 13.5]],
  ['scales each channel by its own', { ...rgb, scale: [1, 0.5, 0.1] }, [9, 9, 2.7]],
  [
    'scales in the order of the channels',
    { ...rgb, channelOrder: 'bgr', scale: [1, 0.5, 0.1] },
    [29, 9, 0.7],
  ],
  ['takes the mean in the order of the channels', { ...rgb, channelOrder: 'bgr' }, [29, 18, 7]],
])('%s', (_, preprocessing, expected) => {
  const pixels = tf.tensor4d([10, 20, 30], [1, 1, 1, 3]);
  const x = preprocess(pixels, preprocessing);
  for (const [i, value] of x.dataSync().entries()) expect(value).toBeCloseTo(expected[i], 5);
  tf.dispose([pixels, x]);
});

test.each([1, 4])('takes %i channels', (channels) => {
  const values = Array.from({ length: channels }, (_, i) => 10 * i);
  const pixels = tf.tensor4d(values, [1, 1, 1, channels]);
  const x = preprocess(pixels, {
    channelOrder: 'rgb',
    mean: values.map(() => 5),
    scale: values.map(() => 2),
  });
  expect(Array.from(x.dataSync())).toEqual(values.map((value) => 2 * (value - 5)));
  tf.dispose([pixels, x]);
});

test.each<[string, Preprocessing]>([
  ['another number of scales than of means', { ...rgb, scale: [1, 2] }],
  ['no mean', { ...rgb, mean: [] }],
  ['a scale that is no number', { ...rgb, scale: Number.NaN }],
  ['blue first of four channels', { channelOrder: 'bgr', mean: [1, 2, 3, 4], scale: 1 }],
])('%s is refused', (_, preprocessing) => {
  const pixels = tf.zeros<tf.Rank.R4>([1, 1, 1, preprocessing.mean.length || 3]);
  expect(() => preprocess(pixels, preprocessing)).toThrow(OptionError);
  pixels.dispose();
});

test('pixels of another number of channels are refused, with both', () => {
  const grey = tf.zeros<tf.Rank.R4>([2, 4, 4, 1]);
  expect(() => preprocess(grey, rgb)).toThrow(/expected pixels of 3 channels.*\[2,4,4,1\]/);
  grey.dispose();
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
